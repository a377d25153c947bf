package localcloud.snowflake.engine;

import java.util.List;
import localcloud.snowflake.catalog.Catalog;
import localcloud.snowflake.catalog.Qualified;
import localcloud.snowflake.catalog.Relation;
import localcloud.snowflake.sql.Refusal;
import localcloud.snowflake.sql.Statement;

/**
 * DESCRIBE, with the columns of <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/desc-external-table">DESCRIBE EXTERNAL
 * TABLE</a>; DESCRIBE TABLE and <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/desc-view">DESCRIBE VIEW</a> are
 * interchangeable.
 */
final class Describes {

  private final Catalog catalog;

  Describes(Catalog catalog) {
    this.catalog = catalog;
  }

  Result describe(Statement.Describe describe, Session session) {
    Qualified name = session.resolve(describe.table(), "DESCRIBE");
    Relation relation =
        catalog.relation(name).orElseThrow(() -> Refusal.missing("Table", name.toString()));
    return new Result(
        Result.Kind.DESCRIBE,
        Result.texts(
            "name",
            "type",
            "kind",
            "null?",
            "default",
            "primary key",
            "unique key",
            "check",
            "expression",
            "comment",
            "policy name",
            "privacy domain"),
        relation.described().stream().map(Describes::row).toList());
  }

  private static List<String> row(Relation.Described column) {
    return Result.row(
        column.name(),
        column.type().toString(),
        column.expression().isPresent() ? "VIRTUAL" : "COLUMN",
        column.nullable() ? "Y" : "N",
        null,
        "N",
        "N",
        null,
        column.expression().orElse(null),
        column.comment().isEmpty() ? null : column.comment(),
        null,
        null);
  }
}
