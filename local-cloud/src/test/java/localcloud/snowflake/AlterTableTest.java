package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Changing a table that is there: docs.snowflake.com/en/sql-reference/sql/alter-table, /comment,
 * /create-table, /drop-table, /drop-external-table, /create-external-table.
 */
class AlterTableTest extends Contract {

  private static final Map<Integer, String> STATES =
      Map.of(
          904, "42000", 1430, "42601", 1998, "42710", 2002, "42710", 2003, "42S02", 2203, "02000");

  @BeforeEach
  void open() throws Exception {
    parquet("a/f.parquet", "SELECT 1 AS n, 'x' AS s");
    parquet("b/f.parquet", "SELECT 2 AS n UNION ALL SELECT 3");
    run(
        connection,
        table("A", "N INT AS (value:n::int)", "a") + " COMMENT = 'the a'",
        table("B", "M INT AS (value:n::int)", "b"),
        "ALTER EXTERNAL TABLE A REFRESH",
        "ALTER EXTERNAL TABLE B REFRESH");
  }

  private static void refused(String statement, int code, String message) {
    Contract.refused(statement, code, STATES.get(code), message);
  }

  private String comment(String name) throws SQLException {
    return rows(
            connection,
            "SELECT COMMENT FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = '"
                + schema()
                + "' AND TABLE_NAME = '"
                + name
                + "'")
        .get(0);
  }

  @Test
  @Cites("sql-reference/sql/alter-table")
  void a_column_is_added_over_the_same_files() throws Exception {
    run(connection, "ALTER TABLE A ADD COLUMN S VARCHAR AS (value:s::VARCHAR)");
    assertThat(rows(connection, "SELECT N, S FROM A")).containsExactly("1|x");
    assertThat(rows(connection, "DESCRIBE TABLE A")).hasSize(3);
    refused("ALTER TABLE A ADD S VARCHAR AS (value:s::VARCHAR)", 1430, "'S' already exists");
    run(connection, "ALTER TABLE A ADD COLUMN IF NOT EXISTS S INT AS (value:n::INT)");
    assertThat(rows(connection, "SELECT S FROM A")).containsExactly("x");
    run(connection, "ALTER TABLE A ADD \"s\" INT AS (value:n::INT)");
    assertThat(rows(connection, "SELECT \"s\", S FROM A")).containsExactly("1|x");
    refused("ALTER TABLE A ADD COLUMN Z INT AS (nope::INT)", 904, "invalid identifier 'NOPE'");
    refused("ALTER TABLE NOPE ADD COLUMN Z INT AS (1)", 2003, "Table '" + name("NOPE") + "'");
    run(connection, "ALTER TABLE IF EXISTS NOPE ADD COLUMN Z INT AS (1)");
  }

  @Test
  @Cites("sql-reference/sql/alter-table")
  void a_column_is_dropped() throws Exception {
    run(connection, "ALTER TABLE A DROP COLUMN N");
    refused("SELECT N FROM A", 904, "invalid identifier 'N'");
    refused("ALTER TABLE A DROP COLUMN N", 904, "invalid identifier 'N'");
    run(connection, "ALTER TABLE A DROP COLUMN IF EXISTS N");
  }

  @Test
  @Cites("sql-reference/sql/alter-table")
  void swap_gives_each_the_others_name_with_files_columns_and_comment() throws Exception {
    run(connection, "ALTER TABLE A SWAP WITH " + name("B"));
    assertThat(rows(connection, "SELECT M FROM A ORDER BY 1")).containsExactly("2", "3");
    assertThat(rows(connection, "SELECT N FROM B")).containsExactly("1");
    assertThat(comment("A")).isEqualTo("null");
    assertThat(comment("B")).isEqualTo("the a");
    run(connection, "ALTER EXTERNAL TABLE A REFRESH");
    assertThat(rows(connection, "SELECT COUNT(*) FROM A")).containsExactly("2");
    refused("ALTER TABLE A SWAP WITH NOPE", 2003, "Table '" + name("NOPE") + "'");
  }

  @Test
  @Cites("sql-reference/sql/alter-table")
  void a_reader_sees_both_tables_before_or_after_a_swap() throws Exception {
    List<String> seen =
        seenWhile(
            "SELECT COUNT(*), SUM(value:n::int) FROM A",
            () -> {
              for (int i = 0; i < 40; i++) {
                run(connection, "ALTER TABLE A SWAP WITH B");
              }
            });
    assertThat(seen).isNotEmpty().allMatch(r -> r.equals("1|1") || r.equals("2|5"));
  }

  @Test
  @Cites({"sql-reference/sql/comment", "sql-reference/sql/alter-view"})
  void a_comment_can_be_set_and_removed() throws Exception {
    run(connection, "COMMENT ON TABLE A IS 'it''s'");
    assertThat(comment("A")).isEqualTo("it's");
    run(connection, "ALTER TABLE A SET COMMENT = 'v2'");
    assertThat(comment("A")).isEqualTo("v2");
    run(connection, "ALTER TABLE A UNSET COMMENT");
    assertThat(comment("A")).isEqualTo("null");
    run(connection, "CREATE VIEW V AS SELECT N FROM A", "COMMENT ON VIEW V IS 'w'");
    assertThat(comment("V")).isEqualTo("w");
    run(connection, "ALTER VIEW V SET COMMENT = 'x'");
    assertThat(comment("V")).isEqualTo("x");
    refused("COMMENT ON TABLE V IS 'w'", 2203, "type 'VIEW', not specified type 'TABLE'");
    run(connection, "COMMENT IF EXISTS ON TABLE NOPE IS 'w'");
    assertThat(rows(connection, "SELECT N FROM A")).containsExactly("1");
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void a_reader_sees_a_table_before_or_after_its_replacement() throws Exception {
    String replace =
        table("A", "N INT AS (value:n::int)", "%s").replace("REFRESH_ON_CREATE = FALSE", "");
    List<String> seen =
        seenWhile(
            "SELECT COUNT(*), SUM(N) FROM A",
            () -> {
              for (int i = 0; i < 40; i++) {
                run(connection, replace.formatted(i % 2 == 0 ? "b" : "a"));
              }
            });
    assertThat(seen).isNotEmpty().allMatch(r -> r.equals("1|1") || r.equals("2|5"));
  }

  private interface Changes {
    void make() throws SQLException;
  }

  /** The answers that a reader gets to a query that it repeats while something changes. */
  private static List<String> seenWhile(String query, Changes changes) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<List<String>> seen =
        CompletableFuture.supplyAsync(
            () -> {
              List<String> all = new ArrayList<>();
              try (Connection reader = connect()) {
                while (!done.get()) {
                  all.addAll(rows(reader, query));
                }
              } catch (SQLException e) {
                all.add(e.getMessage());
              }
              return all;
            });
    changes.make();
    done.set(true);
    return seen.get();
  }

  @Test
  @Cites("sql-reference/sql/create-external-table")
  void a_replaced_table_is_empty_until_refreshed() throws Exception {
    run(connection, table("A", "N INT AS (value:n::int)", "a") + " COPY GRANTS");
    assertThat(rows(connection, "SELECT COUNT(*) FROM A")).containsExactly("0");
    run(connection, "ALTER EXTERNAL TABLE A REFRESH");
    assertThat(rows(connection, "SELECT COUNT(*) FROM A")).containsExactly("1");
  }

  @Test
  @Cites({
    "sql-reference/sql/create-table",
    "sql-reference/sql/drop-table",
    "sql-reference/sql/drop-external-table"
  })
  void a_plain_table_is_in_the_way_of_an_external_one() throws Exception {
    assertThat(rows(connection, "CREATE TABLE P (N INT NOT NULL, S VARCHAR(3) COMMENT 'c')"))
        .containsExactly("Table P successfully created.");
    assertThat(rows(connection, "SELECT N, S FROM P")).isEmpty();
    assertThat(rows(connection, "SELECT COUNT(*) FROM P AS p WHERE p.N > 1")).containsExactly("0");
    assertThat(
            rows(
                connection,
                "SELECT TABLE_TYPE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = '"
                    + schema()
                    + "' AND TABLE_NAME = 'P'"))
        .containsExactly("BASE TABLE");
    refused(table("P", "", "a"), 1998, "Object 'P' already exists as TABLE");
    refused("DROP EXTERNAL TABLE P", 2203, "type 'TABLE', not specified type 'EXTERNAL_TABLE'");
    refused("DROP TABLE A", 2203, "type 'EXTERNAL_TABLE', not specified type 'TABLE'");
    refused("ALTER EXTERNAL TABLE P REFRESH", 2203, "type 'TABLE'");
    refused("CREATE TABLE P (N INT)", 2002, "Object 'P' already exists.");
    run(connection, "CREATE OR REPLACE TABLE P (N INT)", "DROP TABLE P");
    refused("DROP TABLE P", 2003, "Table '" + name("P") + "' does not exist");
    run(connection, "DROP EXTERNAL TABLE A");
    refused("SELECT * FROM A", 2003, "Object '" + name("A") + "'");
  }
}
