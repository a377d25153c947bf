package localcloud.snowflake;

import static localcloud.snowflake.Account.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds of Snowflake itself, seen through its driver. The tests run against the stand-in, and
 * against a real account where the environment names one: {@link RealAccount}. Each test has a
 * schema of its own with an empty stage CURATED, and cites the page it follows.
 */
@Tag("contract")
abstract class Contract {

  private static ContractAccount account;

  /** In the test's own schema. */
  protected static Connection connection;

  private static String schema;
  private static String folder;

  @BeforeAll
  static void openAccount(@TempDir Path directory) throws Exception {
    account = RealAccount.isConfigured() ? new RealAccount() : new StandIn(directory);
    connection = account.connect();
  }

  @AfterAll
  static void closeAccount() throws Exception {
    connection.close();
    account.close();
  }

  @BeforeEach
  void newSchema(TestInfo test) throws Exception {
    assertThat(test.getTestMethod().orElseThrow().isAnnotationPresent(Cites.class))
        .as("%s cites no page of Snowflake's documentation", test.getDisplayName())
        .isTrue();
    String unique = UUID.randomUUID().toString().substring(0, 8);
    schema = "CONTRACT_" + unique.toUpperCase(Locale.ROOT);
    folder = account.prefix() + unique + "/";
    run(
        connection,
        "CREATE SCHEMA " + database() + "." + schema,
        "USE SCHEMA " + database() + "." + schema,
        stage());
  }

  @AfterEach
  void dropSchema() throws Exception {
    connection.setAutoCommit(true);
    run(connection, "ROLLBACK", "DROP SCHEMA " + database() + "." + schema);
    account.deleteAll(folder);
  }

  static String database() {
    return account.database();
  }

  static String schema() {
    return schema;
  }

  /** The full name of something in the test's schema. */
  static String name(String last) {
    return database() + "." + schema + "." + last;
  }

  /** Another session in the test's schema. */
  static Connection connect() throws SQLException {
    Connection other = account.connect();
    run(other, "USE SCHEMA " + database() + "." + schema);
    return other;
  }

  /** The statement that made the stage CURATED. */
  static String stage() {
    return account.stage("CURATED", folder);
  }

  /** Writes the rows of a DuckDB query as a Parquet object of the stage CURATED. */
  static void parquet(String key, String query) throws Exception {
    Path written = Files.createTempFile("rows", ".parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + written + "' (FORMAT parquet)");
      account.put(folder + key, written);
    } finally {
      Files.delete(written);
    }
  }

  /** Writes an object of the stage CURATED that is no Parquet. */
  static void text(String key, String content) throws Exception {
    Path written = Files.createTempFile("text", ".txt");
    try {
      Files.writeString(written, content);
      account.put(folder + key, written);
    } finally {
      Files.delete(written);
    }
  }

  /** The n-th folder below the stage's, as an expression over METADATA$FILENAME. */
  static String folderOfPath(int n) {
    long above = folder.chars().filter(c -> c == '/').count();
    return "SPLIT_PART(METADATA$FILENAME, '/', " + (above + n) + ")";
  }

  /** The rows of a statement as {@link Account#rows} has them, paths beginning below the stage. */
  static List<String> rows(Connection session, String statement) throws SQLException {
    return Account.rows(session, statement).stream().map(row -> row.replace(folder, "")).toList();
  }

  static void delete(String key) throws Exception {
    account.delete(folder + key);
  }

  static void refused(String statement, int code, String state, String message) {
    assertThatThrownBy(() -> run(connection, statement))
        .as(statement)
        .isInstanceOfSatisfying(
            SQLException.class,
            e -> {
              assertThat(e.getErrorCode()).as(e.getMessage()).isEqualTo(code);
              assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state);
            })
        .hasMessageContaining(message);
  }
}
