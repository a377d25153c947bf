package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs.snowflake.com/en/sql-reference/info-schema and its pages /tables, /external_tables, /views,
 * /columns, /stages, /schemata, /databases, /file_formats.
 */
class InformationSchemaTest {

  private static final String OTHERS = " AND TABLE_SCHEMA <> 'INFORMATION_SCHEMA'";

  private Account account;
  private Connection connection;

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    account = new Account(folder);
    connection = account.lake();
    run(
        connection,
        "CREATE FILE FORMAT PQ TYPE = PARQUET",
        "CREATE EXTERNAL TABLE IRIS (N NUMBER(5,2) AS (value:n::NUMBER(5,2)), S VARCHAR(20) AS"
            + " (value:s::VARCHAR(20)) NOT NULL, \"it's\" VARCHAR AS (value:\"it's\"::VARCHAR), F"
            + " FLOAT AS (value:f::FLOAT), B BOOLEAN AS (value:b::BOOLEAN), D DATE AS"
            + " (value:d::DATE), T TIMESTAMP_NTZ AS (value:t::TIMESTAMP_NTZ), L TIMESTAMP_LTZ(3) AS"
            + " (value:l::TIMESTAMP_LTZ(3)), X BINARY AS (value:x::BINARY), V VARIANT AS"
            + " (value:v::VARIANT)) LOCATION = @CURATED/iris FILE_FORMAT = (FORMAT_NAME = PQ)"
            + " COMMENT = 'Fisher''s'",
        "CREATE VIEW FLOWERS COMMENT = 'for all' AS SELECT S AS NAME, N FROM IRIS",
        "CREATE SCHEMA OTHER",
        "CREATE EXTERNAL TABLE IRIS LOCATION = @LAKE.PUBLIC.CURATED/o FILE_FORMAT = (TYPE ="
            + " PARQUET)",
        "CREATE DATABASE ELSEWHERE COMMENT = 'far'",
        "USE SCHEMA LAKE.PUBLIC");
  }

  @AfterEach
  void close() throws Exception {
    connection.close();
    account.close();
  }

  @Test
  void tables_lists_tables_and_views() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT TABLE_CATALOG, TABLE_SCHEMA, TABLE_NAME, TABLE_TYPE, COMMENT FROM"
                    + " LAKE.INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME IN ('IRIS', 'FLOWERS')"
                    + OTHERS
                    + " ORDER BY TABLE_SCHEMA, TABLE_NAME"))
        .containsExactly(
            "LAKE|OTHER|IRIS|EXTERNAL TABLE|null",
            "LAKE|PUBLIC|FLOWERS|VIEW|for all",
            "LAKE|PUBLIC|IRIS|EXTERNAL TABLE|Fisher's");
    assertThat(
            rows(
                connection,
                "SELECT COUNT(*) FROM INFORMATION_SCHEMA.TABLES t WHERE t.TABLE_SCHEMA = 'OTHER' AND"
                    + " t.CREATED <= CURRENT_TIMESTAMP()"))
        .containsExactly("1");
    assertThat(
            rows(
                connection,
                "SELECT TABLE_NAME FROM ELSEWHERE.INFORMATION_SCHEMA.TABLES WHERE 1 = 1" + OTHERS))
        .isEmpty();
  }

  @Test
  void a_name_can_be_bound() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT TABLE_TYPE FROM LAKE.INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = ? AND"
                + " TABLE_NAME = ?")) {
      statement.setString(1, "PUBLIC");
      statement.setString(2, "FLOWERS");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("VIEW");
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  void external_tables_tells_where_and_of_what_type() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT TABLE_NAME, LOCATION, FILE_FORMAT_NAME, FILE_FORMAT_TYPE, COMMENT FROM"
                    + " LAKE.INFORMATION_SCHEMA.EXTERNAL_TABLES ORDER BY TABLE_SCHEMA DESC"))
        .containsExactly(
            "IRIS|@LAKE.PUBLIC.CURATED/iris/|LAKE.PUBLIC.PQ|PARQUET|Fisher's",
            "IRIS|@LAKE.PUBLIC.CURATED/o/|null|PARQUET|null");
  }

  @Test
  void views_has_their_text() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT TABLE_NAME, VIEW_DEFINITION, IS_SECURE, COMMENT FROM"
                    + " LAKE.INFORMATION_SCHEMA.VIEWS WHERE TABLE_SCHEMA = 'PUBLIC'"))
        .containsExactly(
            "FLOWERS|CREATE VIEW FLOWERS COMMENT = 'for all' AS SELECT S AS NAME, N FROM"
                + " IRIS|NO|for all");
  }

  @Test
  void columns_has_snowflakes_names_of_types() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT ORDINAL_POSITION, COLUMN_NAME, IS_NULLABLE, DATA_TYPE,"
                    + " CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE,"
                    + " DATETIME_PRECISION FROM LAKE.INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA ="
                    + " 'PUBLIC' AND TABLE_NAME = 'IRIS' ORDER BY ORDINAL_POSITION"))
        .containsExactly(
            "1|VALUE|YES|VARIANT|null|null|null|null",
            "2|N|YES|NUMBER|null|5|2|null",
            "3|S|NO|TEXT|20|null|null|null",
            "4|it's|YES|TEXT|16777216|null|null|null",
            "5|F|YES|FLOAT|null|null|null|null",
            "6|B|YES|BOOLEAN|null|null|null|null",
            "7|D|YES|DATE|null|null|null|null",
            "8|T|YES|TIMESTAMP_NTZ|null|null|null|9",
            "9|L|YES|TIMESTAMP_LTZ|null|null|null|3",
            "10|X|YES|BINARY|8388608|null|null|null",
            "11|V|YES|VARIANT|null|null|null|null");
    assertThat(
            rows(
                connection,
                "SELECT COLUMN_NAME, DATA_TYPE FROM LAKE.INFORMATION_SCHEMA.COLUMNS WHERE"
                    + " TABLE_NAME = 'FLOWERS' ORDER BY ORDINAL_POSITION"))
        .containsExactly("NAME|TEXT", "N|NUMBER");
  }

  @Test
  void stages_schemata_databases_and_formats() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT STAGE_SCHEMA, STAGE_NAME, STAGE_URL, STAGE_TYPE FROM"
                    + " LAKE.INFORMATION_SCHEMA.STAGES"))
        .containsExactly("PUBLIC|CURATED|s3://curated/|External Named");
    assertThat(
            rows(
                connection,
                "SELECT SCHEMA_NAME FROM LAKE.INFORMATION_SCHEMA.SCHEMATA WHERE SCHEMA_NAME <>"
                    + " 'INFORMATION_SCHEMA' ORDER BY 1"))
        .containsExactly("OTHER", "PUBLIC");
    assertThat(
            rows(
                connection,
                "SELECT DATABASE_NAME, COMMENT FROM LAKE.INFORMATION_SCHEMA.DATABASES WHERE"
                    + " DATABASE_NAME IN ('LAKE', 'ELSEWHERE') ORDER BY 1"))
        .containsExactly("ELSEWHERE|far", "LAKE|null");
    assertThat(
            rows(
                connection,
                "SELECT FILE_FORMAT_NAME, FILE_FORMAT_TYPE FROM"
                    + " LAKE.INFORMATION_SCHEMA.FILE_FORMATS"))
        .containsExactly("PQ|PARQUET");
  }

  @Test
  void what_is_not_known_is_refused() {
    assertThatThrownBy(() -> rows(connection, "SELECT * FROM NOPE.INFORMATION_SCHEMA.TABLES"))
        .hasMessageContaining("Database 'NOPE' does not exist or not authorized");
    assertThatThrownBy(() -> rows(connection, "SELECT * FROM LAKE.INFORMATION_SCHEMA.SEQUENCES"))
        .hasMessageContaining("does not know this statement: SELECT from INFORMATION_SCHEMA");
    assertThatThrownBy(
            () -> rows(connection, "SELECT ROW_COUNT FROM LAKE.INFORMATION_SCHEMA.TABLES"))
        .hasMessageContaining("invalid identifier 'ROW_COUNT'");
  }
}
