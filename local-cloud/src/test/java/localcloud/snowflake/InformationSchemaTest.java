package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * docs.snowflake.com/en/sql-reference/info-schema and its pages /tables, /external_tables, /views,
 * /columns, /stages, /schemata, /databases, /file_formats.
 */
class InformationSchemaTest extends Contract {

  private static String view(String name) {
    return database() + ".INFORMATION_SCHEMA." + name;
  }

  @BeforeEach
  void open() throws Exception {
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
        "CREATE VIEW FLOWERS COMMENT = 'for all' AS SELECT S AS NAME, N FROM IRIS");
  }

  @Test
  @Cites("sql-reference/info-schema/tables")
  void tables_lists_tables_and_views() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT TABLE_NAME, TABLE_TYPE, COMMENT FROM "
                    + view("TABLES")
                    + " WHERE TABLE_SCHEMA = '"
                    + schema()
                    + "' AND TABLE_NAME IN ('IRIS', 'FLOWERS', 'NOPE') ORDER BY TABLE_NAME"))
        .containsExactly("FLOWERS|VIEW|for all", "IRIS|EXTERNAL TABLE|Fisher's");
    assertThat(
            rows(
                connection,
                "SELECT t.TABLE_CATALOG FROM INFORMATION_SCHEMA.TABLES t WHERE t.TABLE_SCHEMA = '"
                    + schema()
                    + "' AND t.TABLE_NAME = 'IRIS' AND t.CREATED IS NOT NULL"))
        .containsExactly(database());
  }

  @Test
  @Cites({"sql-reference/info-schema/tables", "developer-guide/jdbc/jdbc-using"})
  void a_name_can_be_bound() throws Exception {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT TABLE_TYPE FROM "
                + view("TABLES")
                + " WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?")) {
      statement.setString(1, schema());
      statement.setString(2, "FLOWERS");
      try (ResultSet rows = statement.executeQuery()) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("VIEW");
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @Test
  @Cites("sql-reference/info-schema/external_tables")
  void external_tables_shows_location_and_type() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT TABLE_NAME, LOCATION, FILE_FORMAT_NAME, FILE_FORMAT_TYPE, COMMENT FROM "
                    + view("EXTERNAL_TABLES")
                    + " WHERE TABLE_SCHEMA = '"
                    + schema()
                    + "'"))
        .containsExactly("IRIS|@" + name("CURATED") + "/iris/|" + name("PQ") + "|PARQUET|Fisher's");
  }

  @Test
  @Cites("sql-reference/info-schema/views")
  void views_has_their_text() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT TABLE_NAME, VIEW_DEFINITION, IS_SECURE, COMMENT FROM "
                    + view("VIEWS")
                    + " WHERE TABLE_SCHEMA = '"
                    + schema()
                    + "'"))
        .containsExactly(
            "FLOWERS|CREATE VIEW FLOWERS COMMENT = 'for all' AS SELECT S AS NAME, N FROM"
                + " IRIS|NO|for all");
  }

  @Test
  @Cites("sql-reference/info-schema/columns")
  void columns_has_snowflakes_names_of_types() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT ORDINAL_POSITION, COLUMN_NAME, IS_NULLABLE, DATA_TYPE,"
                    + " CHARACTER_MAXIMUM_LENGTH, NUMERIC_PRECISION, NUMERIC_SCALE,"
                    + " DATETIME_PRECISION FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = '"
                    + schema()
                    + "' AND TABLE_NAME = 'IRIS' ORDER BY ORDINAL_POSITION"))
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
                "SELECT COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS WHERE TABLE_SCHEMA = '"
                    + schema()
                    + "' AND TABLE_NAME = 'FLOWERS' ORDER BY ORDINAL_POSITION"))
        .containsExactly("NAME|TEXT", "N|NUMBER");
  }

  @Test
  @Cites({
    "sql-reference/info-schema/stages",
    "sql-reference/info-schema/schemata",
    "sql-reference/info-schema/databases",
    "sql-reference/info-schema/file_formats"
  })
  void stages_schemata_databases_and_formats() throws Exception {
    assertThat(
            rows(
                connection,
                "SELECT STAGE_NAME, STAGE_TYPE FROM "
                    + view("STAGES")
                    + " WHERE STAGE_SCHEMA = '"
                    + schema()
                    + "' AND STAGE_URL LIKE 's3://%/'"))
        .containsExactly("CURATED|External Named");
    assertThat(
            rows(
                connection,
                "SELECT CATALOG_NAME FROM "
                    + view("SCHEMATA")
                    + " WHERE SCHEMA_NAME = '"
                    + schema()
                    + "'"))
        .containsExactly(database());
    assertThat(
            rows(
                connection,
                "SELECT COUNT(*) FROM "
                    + view("DATABASES")
                    + " WHERE DATABASE_NAME = '"
                    + database()
                    + "'"))
        .containsExactly("1");
    assertThat(
            rows(
                connection,
                "SELECT FILE_FORMAT_NAME, FILE_FORMAT_TYPE FROM "
                    + view("FILE_FORMATS")
                    + " WHERE FILE_FORMAT_SCHEMA = '"
                    + schema()
                    + "'"))
        .containsExactly("PQ|PARQUET");
  }

  @Test
  @Cites("sql-reference/info-schema")
  void a_database_that_is_not_there_is_refused() {
    refused(
        "SELECT * FROM NOPE_NOT_THERE.INFORMATION_SCHEMA.TABLES",
        2003,
        "02000",
        "Database 'NOPE_NOT_THERE' does not exist or not authorized");
  }
}
