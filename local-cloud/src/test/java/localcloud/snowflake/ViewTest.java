package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Views over external tables: docs.snowflake.com/en/sql-reference/sql/create-view, /drop-view,
 * /show-views, /desc-view.
 */
class ViewTest extends Contract {

  private static final String SELECT = "SELECT * FROM V ORDER BY 1";

  @BeforeEach
  void open() throws Exception {
    parquet("t/run=1/a.parquet", "SELECT i AS n FROM range(3) t(i)");
    parquet("t/run=2/a.parquet", "SELECT 10 + i AS n FROM range(2) t(i)");
    run(
        connection,
        table(
            "T",
            "RUN VARCHAR AS (SPLIT_PART(" + folderOfPath(2) + ", '=', 2)), N INT AS (value:n::int)",
            "t"),
        "ALTER EXTERNAL TABLE T REFRESH");
  }

  private static String ofRun(int run) {
    return "CREATE OR REPLACE VIEW V COPY GRANTS AS SELECT N FROM T WHERE RUN = '" + run + "'";
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void a_view_shows_its_query_and_is_replaced() throws Exception {
    assertThat(rows(connection, ofRun(1))).containsExactly("View V successfully created.");
    assertThat(rows(connection, SELECT)).containsExactly("0", "1", "2");
    assertThat(rows(connection, "SELECT COUNT(*), MAX(v.N) FROM V AS v WHERE N > 0"))
        .containsExactly("2|2");
    run(connection, ofRun(2));
    assertThat(rows(connection, SELECT)).containsExactly("10", "11");
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void a_view_may_name_its_columns_and_read_another_view() throws Exception {
    run(
        connection,
        "CREATE SECURE VIEW V (\"the run\", N COMMENT 'a number') COMMENT = 'it''s' AS (SELECT RUN,"
            + " SUM(N) FROM T GROUP BY RUN)",
        "CREATE VIEW W AS SELECT \"the run\" || '!' AS R FROM V");
    assertThat(rows(connection, SELECT)).containsExactly("1|3", "2|21");
    assertThat(rows(connection, "SELECT * FROM W ORDER BY R")).containsExactly("1!", "2!");
    assertThat(rows(connection, "SELECT value:n::int FROM (SELECT VALUE FROM T) ORDER BY 1"))
        .hasSize(5);
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void names_in_a_view_mean_its_own_schema() throws Exception {
    run(connection, ofRun(1), "USE SCHEMA PUBLIC");
    assertThat(rows(connection, "SELECT COUNT(*) FROM " + name("V"))).containsExactly("3");
    run(connection, "CREATE VIEW " + name("X") + " AS SELECT N FROM T");
    assertThat(rows(connection, "SELECT COUNT(*) FROM " + name("X"))).containsExactly("5");
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void an_existing_view_is_kept_or_refused() throws Exception {
    run(connection, ofRun(1));
    refused("CREATE VIEW V AS SELECT 1 AS A", 2002, "42710", "Object 'V' already exists.");
    assertThat(rows(connection, "CREATE VIEW IF NOT EXISTS V AS SELECT 1 AS A"))
        .containsExactly("V already exists, statement succeeded.");
    assertThat(rows(connection, SELECT)).hasSize(3);
    refused("CREATE OR REPLACE VIEW IF NOT EXISTS V AS SELECT 1", 1003, "42000", "syntax error");
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void tables_and_views_share_their_names() throws Exception {
    run(connection, ofRun(1));
    refused(
        "CREATE OR REPLACE VIEW T AS SELECT 1 AS A",
        1998,
        "42710",
        "Object 'T' already exists as EXTERNAL_TABLE");
    refused("CREATE VIEW IF NOT EXISTS T AS SELECT 1 AS A", 1998, "42710", "as EXTERNAL_TABLE");
    refused(table("V", "", "t"), 1998, "42710", "Object 'V' already exists as VIEW");
    refused(
        "DROP VIEW IF EXISTS T",
        2203,
        "02000",
        "Object found is of type 'EXTERNAL_TABLE', not specified type 'VIEW'.");
    refused("DROP EXTERNAL TABLE V", 2203, "02000", "is of type 'VIEW'");
    refused("ALTER EXTERNAL TABLE V REFRESH", 2203, "02000", "is of type 'VIEW'");
    assertThat(rows(connection, SELECT)).hasSize(3);
  }

  @Test
  @Cites("sql-reference/sql/drop-view")
  void dropping_a_view_leaves_its_table() throws Exception {
    run(connection, ofRun(1));
    assertThat(rows(connection, "DROP VIEW V")).containsExactly("V successfully dropped.");
    refused("SELECT * FROM V", 2003, "42S02", "Object '" + name("V") + "' does not exist");
    refused("DROP VIEW V", 2003, "42S02", "View '" + name("V") + "' does not exist");
    run(connection, "DROP VIEW IF EXISTS V");
    assertThat(rows(connection, "SELECT COUNT(*) FROM T")).containsExactly("5");
  }

  @Test
  @Cites("user-guide/views-introduction")
  void a_view_without_its_table_says_so() throws Exception {
    run(connection, ofRun(1), "DROP EXTERNAL TABLE T");
    refused(
        "SELECT * FROM V",
        2037,
        "42601",
        "Failure during expansion of view 'V': SQL compilation error:\n"
            + "Object '"
            + name("T")
            + "' does not exist or not authorized.");
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void a_view_keeps_the_columns_that_it_was_created_with() throws Exception {
    run(connection, "CREATE VIEW V AS SELECT * FROM T");
    run(connection, table("T", "N INT AS (value:n::int)", "t"));
    refused(
        "SELECT N FROM V",
        2057,
        "42601",
        "View definition for 'V' declared 3 column(s), but view query produces 2 column(s).");
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void a_query_that_cannot_be_a_view_is_refused() throws Exception {
    refused("CREATE VIEW V (A, B) AS SELECT 1", 2057, "42601", "declared 2 column(s)");
    refused("CREATE VIEW V AS SELECT N, N FROM T", 2025, "42S21", "duplicate column name 'N'");
    refused("CREATE VIEW V AS SELECT NOPE FROM T", 904, "42000", "invalid identifier 'NOPE'");
    refused("CREATE VIEW V AS SELECT N FROM V", 2003, "42S02", "Object '" + name("V") + "'");
  }

  @Test
  @Cites({"sql-reference/sql/show-views", "sql-reference/sql/desc-view"})
  void shows_and_describes_views() throws Exception {
    String create = "CREATE VIEW V (A) COMMENT = 'ours' AS SELECT N FROM T";
    run(connection, create);
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SHOW VIEWS LIKE 'v' IN SCHEMA " + database() + "." + schema())) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString("name")).isEqualTo("V");
      assertThat(row.getString("comment")).isEqualTo("ours");
      assertThat(row.getString("text")).isEqualTo(create);
      assertThat(row.getString("is_secure")).isEqualTo("false");
      assertThat(row.next()).isFalse();
    }
    assertThat(rows(connection, "DESCRIBE VIEW V").get(0)).startsWith("A|NUMBER(38,0)|COLUMN|Y|");
    assertThat(rows(connection, "DESC TABLE V")).hasSize(1);
    assertThat(rows(connection, "SHOW EXTERNAL TABLES")).hasSize(1);
  }

  @Test
  @Cites("sql-reference/sql/create-view")
  void a_reader_sees_the_old_view_or_the_new_one() throws Exception {
    run(connection, ofRun(1));
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<List<String>> seen =
        CompletableFuture.supplyAsync(
            () -> {
              List<String> all = new ArrayList<>();
              try (Connection reader = connect()) {
                while (!done.get()) {
                  all.addAll(rows(reader, "SELECT COUNT(*), SUM(N) FROM V"));
                }
              } catch (SQLException e) {
                all.add(e.getMessage());
              }
              return all;
            });
    for (int i = 0; i < 100; i++) {
      run(connection, ofRun(1 + i % 2));
    }
    done.set(true);
    assertThat(seen.get()).isNotEmpty().allMatch(r -> r.equals("3|3") || r.equals("2|21"));
  }
}
