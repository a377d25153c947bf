package localcloud.snowflake.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.RegisteredFile;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.catalog.View;
import localcloud.snowflake.sql.ObjectName;
import localcloud.snowflake.sql.Query;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement.ObjectKind;

/**
 * Everything that a query reads, looked up in one step through all views: an object that is
 * replaced or swapped meanwhile is seen either as it was before or as it is after.
 */
final class Snapshot {

  private final Map<Qualified, Relation> relations = new HashMap<>();
  private final Map<Long, SortedMap<String, RegisteredFile>> files = new HashMap<>();
  private final Session session;
  private final Catalog catalog;

  private Snapshot(Session session, Catalog catalog) {
    this.session = session;
    this.catalog = catalog;
  }

  static Snapshot of(Query query, Names names, Session session, Catalog catalog) {
    return catalog.atOnce(
        () -> {
          Snapshot snapshot = new Snapshot(session, catalog);
          snapshot.take(query, names);
          return snapshot;
        });
  }

  private void take(Query query, Names names) {
    if (query.from() instanceof Query.Source.Nested nested) {
      take(nested.query(), names);
    } else if (query.from() instanceof Query.Source.Table table) {
      take(names.resolve(table.name()));
    } else if (query.from() instanceof Query.Source.Files of) {
      take(names.resolve(nameOf(of.database(), of.table())));
    } else if (query.from() instanceof Query.Source.History of) {
      take(names.resolve(nameOf(of.database(), of.table())));
    }
  }

  private void take(Qualified name) {
    Optional<Relation> found = catalog.relation(name);
    if (found.isEmpty() || relations.putIfAbsent(name, found.get()) != null) {
      return;
    }
    if (found.get() instanceof ExternalTable table) {
      files.put(table.id(), session.files(table, catalog));
    } else if (found.get() instanceof View view) {
      take(view.query(), Names.inside(name));
    }
  }

  /** A table function looks for the table in its own database if its name has none. */
  static ObjectName nameOf(Optional<String> ofFunction, ObjectName name) {
    return ofFunction.isPresent() && name.parts().size() == 2
        ? ObjectName.of(ofFunction.get(), name.parts().get(0), name.last())
        : name;
  }

  /** The table or view of that name; refuses with 002003 when there was none. */
  Relation relation(Qualified name) {
    Relation found = relations.get(name);
    if (found == null) {
      throw Refusal.missing("Object", name.toString());
    }
    return found;
  }

  /** The external table of that name; refuses what is something else. */
  ExternalTable table(Qualified name) {
    Relation found = relation(name);
    if (found instanceof ExternalTable table) {
      return table;
    }
    throw Refusal.otherKind(found.kind().name(), ObjectKind.EXTERNAL_TABLE.name());
  }

  /** A table's files as the session sees them. */
  SortedMap<String, RegisteredFile> files(ExternalTable table) {
    return files.get(table.id());
  }
}
