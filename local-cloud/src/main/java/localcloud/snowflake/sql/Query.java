package localcloud.snowflake.sql;

import java.util.List;
import java.util.Optional;

/**
 * A SELECT over at most one source.
 *
 * @param groupBy empty when there is no GROUP BY
 * @param limit the most rows, if given
 * @param offset rows to leave out first, if given
 */
public record Query(
    boolean distinct,
    List<Item> items,
    Source from,
    Optional<Expr> where,
    List<Expr> groupBy,
    Optional<Expr> having,
    List<Order> orderBy,
    Optional<Expr> limit,
    Optional<Expr> offset) {

  /** An item between SELECT and FROM. */
  public sealed interface Item {
    /** All columns. */
    record All() implements Item {}

    /** One expression; {@code label} is its alias or, as Snowflake has it, its own text. */
    record One(Expr value, Optional<String> alias, String label) implements Item {}
  }

  /** A source after FROM. */
  public sealed interface Source {
    /** No FROM at all: one row. */
    record None() implements Source {}

    /** A table by its name. */
    record Table(ObjectName name, Optional<String> alias) implements Source {}

    /** TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => …)). */
    record Files(Optional<String> database, ObjectName table, Optional<String> alias)
        implements Source {}

    /**
     * TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY(TABLE_NAME => …)).
     *
     * @param since START_TIME
     */
    record History(
        Optional<String> database, ObjectName table, Optional<Expr> since, Optional<String> alias)
        implements Source {}

    /** A SELECT in parentheses. */
    record Nested(Query query, Optional<String> alias) implements Source {}
  }

  /** One key of ORDER BY; NULLs come last when ascending and first when descending. */
  public record Order(Expr value, boolean descending, boolean nullsFirst) {}
}
