package localcloud.snowflake;

import static localcloud.snowflake.Account.rows;
import static localcloud.snowflake.Account.run;
import static localcloud.snowflake.Account.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the stand-in makes of the files in its bucket:
 * docs.snowflake.com/en/sql-reference/sql/alter-external-table,
 * /en/sql-reference/functions/external_table_files; unreadable files:
 * /en/user-guide/tables-external-intro.
 */
class ExternalTableFilesTest {

  private static final String COUNT = "SELECT COUNT(*) FROM T";
  private static final String FILES =
      "SELECT FILE_NAME FROM TABLE(INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES(TABLE_NAME => 'T'))"
          + " ORDER BY FILE_NAME";

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

  @Test
  void refresh_answers_a_line_for_each_file() throws Exception {
    Path changed = account.parquet("t/a.parquet", "SELECT 1 AS n");
    Path gone = account.parquet("t/b.parquet", "SELECT 2 AS n");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH");

    account.parquet("t/a.parquet", "SELECT 1 AS n UNION ALL SELECT 3");
    Files.setLastModifiedTime(changed, FileTime.from(Instant.now().plusSeconds(5)));
    Files.delete(gone);
    account.parquet("t/c.parquet", "SELECT 4 AS n");
    account.parquet("t/d.parquet", "SELECT 5 AS n");

    assertThat(rows(connection, "ALTER EXTERNAL TABLE T REFRESH 'c'"))
        .containsExactly("t/c.parquet|REGISTERED_NEW|File registered successfully.");
    assertThat(rows(connection, "ALTER EXTERNAL TABLE T REFRESH"))
        .containsExactlyInAnyOrder(
            "t/a.parquet|REGISTERED_UPDATE|File registered successfully.",
            "t/b.parquet|UNREGISTERED|File unregistered successfully.",
            "t/c.parquet|REGISTER_SKIPPED|File already registered.",
            "t/d.parquet|REGISTERED_NEW|File registered successfully.");
    assertThat(rows(connection, "SELECT SUM(value:\"n\"::int) FROM T")).containsExactly("13");
  }

  @Test
  void registered_files_have_their_size_and_checksum() throws Exception {
    Path file = account.parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    String md5 =
        new java.math.BigInteger(
                1, java.security.MessageDigest.getInstance("MD5").digest(Files.readAllBytes(file)))
            .toString(16);
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT * FROM TABLE(LAKE.INFORMATION_SCHEMA.EXTERNAL_TABLE_FILES('PUBLIC.T'))"
                    + " WHERE FILE_SIZE > 0")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("FILE_NAME")).isEqualTo("t/a.parquet");
      assertThat(rows.getLong("FILE_SIZE")).isEqualTo(Files.size(file));
      assertThat(rows.getString("MD5")).endsWith(md5);
      assertThat(rows.getTimestamp("LAST_MODIFIED").toInstant())
          .isCloseTo(
              Files.getLastModifiedTime(file).toInstant(),
              org.assertj.core.api.Assertions.within(1, java.time.temporal.ChronoUnit.MILLIS));
      assertThat(rows.getTimestamp("REGISTERED_ON").toInstant()).isBefore(Instant.now());
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void refresh_of_a_path_leaves_the_others_alone() throws Exception {
    account.parquet("t/run=1/a.parquet", "SELECT 1 AS n");
    Path other = account.parquet("t/run=2/a.parquet", "SELECT 2 AS n");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH 'run=1/'");
    assertThat(rows(connection, FILES)).containsExactly("t/run=1/a.parquet");

    run(connection, "ALTER EXTERNAL TABLE T REFRESH 'run=2/'");
    Files.delete(other);
    run(connection, "ALTER EXTERNAL TABLE T REFRESH 'run=1/'");
    assertThat(rows(connection, FILES)).containsExactly("t/run=1/a.parquet", "t/run=2/a.parquet");

    run(connection, "ALTER EXTERNAL TABLE T REFRESH 'run=2/'");
    assertThat(rows(connection, FILES)).containsExactly("t/run=1/a.parquet");
  }

  @Test
  void a_file_that_is_no_parquet_is_registered_and_skipped_by_queries() throws Exception {
    account.parquet("t/a.parquet", "SELECT 1 AS n");
    Files.writeString(account.s3.resolve("curated/t/b.parquet"), "no parquet");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    assertThat(rows(connection, FILES)).containsExactly("t/a.parquet", "t/b.parquet");
    assertThat(rows(connection, COUNT)).containsExactly("1");
  }

  @Test
  void a_registered_file_that_is_gone_fails_the_query() throws Exception {
    Path file = account.parquet("t/a.parquet", "SELECT 1 AS n");
    run(connection, table("T", "", "t"), "ALTER EXTERNAL TABLE T REFRESH");
    Files.delete(file);
    assertThatThrownBy(() -> rows(connection, COUNT))
        .hasMessageContaining("Remote file 's3://curated/t/a.parquet' was not found");
  }

  @Test
  void without_a_file_format_it_would_be_csv_whatever_the_stage_says() throws Exception {
    account.parquet("t/a.parquet", "SELECT 1 AS n");
    run(
        connection,
        "CREATE STAGE P URL='s3://curated/' FILE_FORMAT = (TYPE = PARQUET)",
        "CREATE EXTERNAL TABLE T LOCATION = @P/t");
    assertThatThrownBy(() -> rows(connection, COUNT))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("TYPE = CSV");
  }

  @Test
  void a_named_file_format_counts_as_given() throws Exception {
    account.parquet("t/a.parquet", "SELECT 1 AS n");
    run(
        connection,
        "CREATE FILE FORMAT PQ TYPE = PARQUET COMPRESSION = SNAPPY COMMENT = 'ours'",
        "CREATE EXTERNAL TABLE T LOCATION = @LAKE.PUBLIC.CURATED/t FILE_FORMAT ="
            + " (FORMAT_NAME = 'LAKE.PUBLIC.PQ')");
    assertThat(rows(connection, COUNT)).containsExactly("1");
  }
}
