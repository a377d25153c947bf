package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs.snowflake.com/en/sql-reference/sql/show-external-tables, /show-databases, /show-schemas,
 * /show-stages, /show-file-formats and /desc-external-table; and the table that {@link Sql} prints.
 */
class ShowTest {

  private Account account;
  private Connection connection;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    run(
        connection,
        "CREATE FILE FORMAT PQ TYPE = PARQUET",
        "CREATE EXTERNAL TABLE IRIS (CLASS_NAME VARCHAR AS (value:\"class_name\"::VARCHAR) NOT NULL,"
            + " W NUMBER(4,2) AS (value:w::NUMBER(4,2))) LOCATION = @CURATED/iris FILE_FORMAT ="
            + " (FORMAT_NAME = PQ) COMMENT = 'flowers'",
        "CREATE SCHEMA OTHER",
        "CREATE EXTERNAL TABLE IRIS_TOO LOCATION = @LAKE.PUBLIC.CURATED"
            + " FILE_FORMAT = (TYPE = PARQUET)",
        "USE SCHEMA PUBLIC");
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    account.close();
  }

  private List<String> names(String show) throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(show)) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString("name"));
      }
      return names;
    }
  }

  @Test
  void shows_what_is_in_scope() throws Exception {
    assertThat(names("SHOW EXTERNAL TABLES")).containsExactly("IRIS");
    assertThat(names("SHOW EXTERNAL TABLES IN DATABASE LAKE")).containsExactly("IRIS_TOO", "IRIS");
    assertThat(names("SHOW EXTERNAL TABLES LIKE 'iris_t%' IN ACCOUNT")).containsExactly("IRIS_TOO");
    assertThat(names("SHOW EXTERNAL TABLES IN SCHEMA OTHER")).containsExactly("IRIS_TOO");
    assertThat(names("SHOW DATABASES LIKE 'l%'")).containsExactly("LAKE");
    assertThat(names("SHOW SCHEMAS IN DATABASE LAKE")).containsExactly("OTHER", "PUBLIC");
    assertThat(names("SHOW STAGES")).containsExactly("CURATED");
    assertThat(names("SHOW FILE FORMATS")).containsExactly("PQ");
  }

  @Test
  void an_external_table_shows_where_it_is() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SHOW EXTERNAL TABLES")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString("database_name")).isEqualTo("LAKE");
      assertThat(row.getString("schema_name")).isEqualTo("PUBLIC");
      assertThat(row.getString("invalid")).isEqualTo("false");
      assertThat(row.getString("comment")).isEqualTo("flowers");
      assertThat(row.getString("location")).isEqualTo("@LAKE.PUBLIC.CURATED/iris/");
      assertThat(row.getString("file_format_name")).isEqualTo("LAKE.PUBLIC.PQ");
      assertThat(row.getString("file_format_type")).isEqualTo("PARQUET");
      assertThat(row.getTimestamp("created_on")).isNotNull();
    }
  }

  @Test
  void describe_lists_value_and_the_columns() throws Exception {
    assertThat(rows(connection, "DESCRIBE EXTERNAL TABLE IRIS"))
        .extracting(row -> row.replaceAll("^(.*?)[|](.*?)[|].*?[|](.*?)[|].*$", "$1 $2 $3"))
        .containsExactly("VALUE VARIANT Y", "CLASS_NAME VARCHAR(16777216) N", "W NUMBER(4,2) Y");
    assertThat(rows(connection, "DESC TABLE LAKE.PUBLIC.IRIS")).hasSize(3);
  }

  @Test
  void sql_prints_an_aligned_table() throws Exception {
    account.parquet("iris/a.parquet", "SELECT 'setosa' AS class_name, 5.1 AS w");
    run(connection, "ALTER EXTERNAL TABLE IRIS REFRESH");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Sql.run(
        account.url("&user=u&password=p&db=LAKE&schema=PUBLIC"),
        "SELECT CLASS_NAME, W, NULL AS X FROM IRIS",
        new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "CLASS_NAME | W    | X",
            "-----------+------+-----",
            "setosa     | 5.10 | NULL",
            "(1 row)");
  }
}
