package localcloud.snowflake.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.Catalog.Created;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.catalog.View;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement;
import localcloud.snowflake.sql.Statement.OnConflict;
import localcloud.snowflake.sql.Statement.ViewColumn;

/**
 * Runs <a href="https://docs.snowflake.com/en/sql-reference/sql/create-view">CREATE VIEW</a>: the
 * query must compile, and the view keeps its columns.
 */
final class Views {

  private final Catalog catalog;
  private final Selects selects;
  private final Clock clock;

  Views(Catalog catalog, Selects selects, Clock clock) {
    this.catalog = catalog;
    this.selects = selects;
    this.clock = clock;
  }

  Result create(Statement.CreateView create, Session session, Connection duck) throws SQLException {
    Qualified name = session.resolve(create.name(), "CREATE VIEW");
    View view =
        new View(
            catalog.nextId(),
            name,
            create.query(),
            create.text(),
            List.of(),
            create.secure(),
            clock.instant(),
            create.comment());
    boolean there = catalog.relation(name).isPresent();
    if (there && create.onConflict() != OnConflict.REPLACE) {
      // The existing view is kept, or the statement refused, whatever the query.
      return made(create, catalog.createView(view, create.onConflict()));
    }
    List<Result.Column> columns = selects.columns(view, session, duck);
    return made(create, catalog.createView(described(view, create, columns), create.onConflict()));
  }

  private static Result made(Statement.CreateView create, Created created) {
    return Definitions.made("View", create.name().last(), created);
  }

  private static View described(
      View view, Statement.CreateView create, List<Result.Column> columns) {
    List<ViewColumn> given = create.columns();
    if (!given.isEmpty() && given.size() != columns.size()) {
      throw Refusal.viewColumns(view.name().name(), given.size(), columns.size());
    }
    Set<String> names = new HashSet<>();
    List<Relation.Described> described = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      String name = given.isEmpty() ? columns.get(i).name() : given.get(i).name();
      if (!names.add(name)) {
        throw Refusal.duplicateColumn(name);
      }
      String comment = given.isEmpty() ? "" : given.get(i).comment();
      described.add(
          new Relation.Described(name, columns.get(i).type(), true, Optional.empty(), comment));
    }
    return view.with(described);
  }
}
