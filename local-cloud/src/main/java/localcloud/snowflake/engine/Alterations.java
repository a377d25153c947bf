package localcloud.snowflake.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.ExternalTable;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement;
import localcloud.snowflake.sql.Statement.ColumnDefinition;
import localcloud.snowflake.sql.Statement.ObjectKind;
import localcloud.snowflake.sql.TableChange;

/**
 * Runs statements that change the definition of an existing table or view: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/alter-table">ALTER TABLE</a> and its like.
 */
final class Alterations {

  /** Columns of every external table, which cannot be dropped. */
  private static final Set<String> OWN = Set.of("VALUE", "METADATA$FILENAME");

  private final Catalog catalog;
  private final Selects selects;

  Alterations(Catalog catalog, Selects selects) {
    this.catalog = catalog;
    this.selects = selects;
  }

  Result alter(Statement.AlterTable alter, Session session) {
    Qualified name = session.resolve(alter.name(), "ALTER TABLE");
    Result done = Result.status(Result.Kind.DEFINITION, "Statement executed successfully.");
    if (alter.ifExists() && catalog.relation(name).isEmpty()) {
      return done;
    }
    ObjectKind kind = alter.kind();
    TableChange change = alter.change();
    if (change instanceof TableChange.SwapWith swap) {
      catalog.swap(name, session.resolve(swap.other(), "ALTER TABLE"));
    } else if (change instanceof TableChange.SetComment set) {
      catalog.change(name, kind, relation -> relation.commented(set.comment()));
    } else if (change instanceof TableChange.AddColumn add) {
      catalog.change(name, kind, external(table -> withColumn(table, add, session)));
    } else if (change instanceof TableChange.DropColumns drop) {
      catalog.change(name, kind, external(table -> withoutColumns(table, drop)));
    } else if (change instanceof TableChange.SetAutoRefresh set) {
      catalog.change(name, kind, external(table -> table.autoRefreshing(set.autoRefresh())));
    }
    return done;
  }

  private static UnaryOperator<Relation> external(UnaryOperator<ExternalTable> change) {
    return relation -> {
      if (relation instanceof ExternalTable table) {
        return change.apply(table);
      }
      throw Refusal.unknownStatement("ALTER TABLE of columns of a table that is not external");
    };
  }

  private ExternalTable withColumn(
      ExternalTable table, TableChange.AddColumn add, Session session) {
    String name = add.column().name();
    if (table.described().stream().anyMatch(column -> column.name().equals(name))) {
      if (add.ifNotExists()) {
        return table;
      }
      throw Refusal.columnExists(name);
    }
    List<ColumnDefinition> columns = new ArrayList<>(table.columns());
    columns.add(add.column());
    ExternalTable wider = table.with(columns);
    selects.check(wider, session);
    return wider;
  }

  private static ExternalTable withoutColumns(ExternalTable table, TableChange.DropColumns drop) {
    List<ColumnDefinition> columns = new ArrayList<>(table.columns());
    for (String name : drop.names()) {
      if (OWN.contains(name) || table.partitionBy().contains(name)) {
        throw Refusal.unknownStatement(
            "ALTER TABLE … DROP COLUMN of VALUE, METADATA$FILENAME or a partition column");
      }
      boolean dropped = columns.removeIf(column -> column.name().equals(name));
      if (!dropped && !drop.ifExists()) {
        throw Refusal.noSuchColumn(name);
      }
    }
    return table.with(columns);
  }
}
