package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever stands in a key, a column's or a table's name is only a name:
 * docs.snowflake.com/en/sql-reference/identifiers-syntax, /en/sql-reference/data-types-text.
 */
class HostileNamesTest {

  private static final String KEYS = "SELECT METADATA$FILENAME, value:n::int FROM T ORDER BY 2";

  private Account account;
  private Connection connection;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    account.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b.parquet",
        "it's.parquet",
        "say \"hi\".parquet",
        "100%.parquet",
        "*.parquet",
        "[ab]?.parquet",
        "{a,b}.parquet",
        "back\\slash.parquet",
        "run=1/x=%2F/ünï.parquet",
        "'); DROP TABLE x; --.parquet",
        "no-ending"
      })
  void a_key_is_read_exactly(String key) throws Exception {
    account.parquet("t/" + key, "SELECT 1 AS n");
    account.parquet("t/a.parquet", "SELECT 2 AS n");
    account.parquet("t/b.parquet", "SELECT 3 AS n");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(connection, KEYS))
        .containsExactly("t/" + key + "|1", "t/a.parquet|2", "t/b.parquet|3");
  }

  @Test
  void a_file_may_have_columns_that_we_might_use_ourselves() throws Exception {
    account.parquet(
        "t/a.parquet",
        "SELECT 1 AS n, 'x' AS filename, 'y' AS link, 'z' AS v, 7 AS f0, 8 AS \"Link_\"");
    run(connection, table("T", "F0 INT AS (value:f0::int)", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(
            rows(
                connection,
                "SELECT METADATA$FILENAME, F0, value:filename::varchar, value:link::varchar,"
                    + " value:v::varchar, value:\"Link_\"::int FROM T"))
        .containsExactly("t/a.parquet|7|x|y|z|8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sel ect",
        "quo\"te",
        "it's",
        "a.b",
        "a:b",
        "$[0]",
        "x\"; DROP TABLE t; --",
        "ünï",
        "/~"
      })
  void a_field_and_a_column_may_have_any_name(String name) throws Exception {
    String quoted = '"' + name.replace("\"", "\"\"") + '"';
    account.parquet("t/a.parquet", "SELECT {" + quoted + ": 5} AS s, 4 AS " + quoted);
    run(
        connection,
        table(
            quoted,
            quoted + " INT AS (value:" + quoted + "::int), S INT AS (value:s:" + quoted + "::int)",
            "t"),
        "ALTER EXTERNAL TABLE " + quoted + " REFRESH");
    assertThat(rows(connection, "SELECT " + quoted + ", S FROM " + quoted + " ORDER BY " + quoted))
        .containsExactly("4|5");
  }

  @Test
  void unquoted_names_fold_to_upper_case_and_quoted_ones_do_not() throws Exception {
    run(connection, table("LAKE.PUBLIC.Mixed", "", "t"), "CREATE SCHEMA \"low\"");
    assertThat(rows(connection, "SELECT COUNT(*) FROM lake.public.mIXED")).containsExactly("0");
    assertThatThrownBy(() -> rows(connection, "SELECT COUNT(*) FROM LAKE.PUBLIC.\"Mixed\""))
        .hasMessageContaining("Object 'LAKE.PUBLIC.\"Mixed\"' does not exist or not authorized");
    assertThatThrownBy(() -> run(connection, "USE SCHEMA low"))
        .hasMessageContaining("does not exist");
    run(connection, "USE SCHEMA \"low\"");
  }

  @Test
  void string_constants_have_snowflakes_escapes() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT 'it''s', 'it\\'s', 'a\\tb', 'back\\\\slash', '\\u263a', $$it's \\n$$ -- so"
                    + "\n /* and */ // so"))
        .containsExactly("it's|it's|a\tb|back\\slash|\u263a|it's \\n");
  }

  @Test
  void bind_values_are_never_sql() throws Exception {
    account.parquet("t/a.parquet", "SELECT 'x'' OR 1=1 --' AS s, 3 AS n");
    run(
        connection,
        table("T", "S VARCHAR AS (value:s::varchar)", "t"),
        "ALTER EXTERNAL TABLE T REFRESH");
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT S, ? FROM T WHERE S = ? AND value:n::int < ?")) {
      statement.setString(1, "'; DROP");
      statement.setString(2, "x' OR 1=1 --");
      statement.setLong(3, 4);
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(2)).isEqualTo("'; DROP");
        assertThat(rows.next()).isFalse();
      }
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
    }
  }

  @Test
  void nothing_outside_the_buckets_is_read(@TempDir Path outside) throws Exception {
    Files.move(account.parquet("x.parquet", "SELECT 1 AS n"), outside.resolve("secret.parquet"));
    Path link = Files.createDirectories(account.s3.resolve("curated/t"));
    Files.createSymbolicLink(link.resolve("link.parquet"), outside.resolve("secret.parquet"));
    Files.createSymbolicLink(link.resolve("folder"), outside);
    for (String path : new String[] {"t", "t/folder", "../../" + outside.getFileName(), ".."}) {
      run(connection, table("T", "", path), "ALTER EXTERNAL TABLE T REFRESH");
      assertThat(rows(connection, "SELECT COUNT(*) FROM T")).containsExactly("0");
    }
    for (String bucket : new String[] {"..", ".", "no-such-bucket"}) {
      run(connection, "CREATE OR REPLACE STAGE S URL = 's3://" + bucket + "/'");
      assertThatThrownBy(
              () ->
                  run(
                      connection,
                      "CREATE EXTERNAL TABLE U LOCATION = @S FILE_FORMAT = (TYPE = PARQUET)"))
          .hasMessageContaining("The specified bucket does not exist");
    }
  }
}
