package localcloud.snowflake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.Logger;
import localcloud.faults.Faults;

/** A stand-in over an empty S3 of its own, and the real driver's connections to it. */
final class Account implements AutoCloseable {

  private static final Logger DRIVER = Logger.getLogger("net.snowflake");

  final Faults faults = new Faults(Clock.systemUTC());
  final SnowflakeServer server;
  final Path s3;

  Account(Path folder) throws IOException {
    this(folder, Clock.systemUTC());
  }

  Account(Path folder, Clock clock) throws IOException {
    DRIVER.setLevel(Level.OFF);
    s3 = folder.resolve("s3");
    Files.createDirectories(s3.resolve("curated"));
    server = new SnowflakeServer(0, s3, faults, clock);
    server.start();
  }

  String url(String rest) {
    return url(server.port(), rest);
  }

  static String url(int port, String rest) {
    return "jdbc:snowflake://localhost:" + port + "/?ssl=off&account=local" + rest;
  }

  Connection connect() throws SQLException {
    return connect(url("&db=LAKE&schema=PUBLIC"));
  }

  static Connection connect(String url) throws SQLException {
    return connect(url, Map.of("user", "analyst", "password", "any"));
  }

  /** A connection of the driver with those of its properties that sign in. */
  static Connection connect(String url, Map<String, Object> signIn) throws SQLException {
    Properties properties = new Properties();
    properties.putAll(signIn);
    properties.put("disablePlatformDetection", "true");
    properties.put("CLIENT_TELEMETRY_ENABLED", "false");
    properties.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    return DriverManager.getConnection(url, properties);
  }

  /** A connection to a new database LAKE with a stage over s3://curated/. */
  Connection lake() throws SQLException {
    Connection connection = connect();
    run(connection, "CREATE DATABASE IF NOT EXISTS LAKE", "USE SCHEMA LAKE.PUBLIC");
    run(connection, "CREATE STAGE IF NOT EXISTS CURATED URL = 's3://curated/'");
    return connection;
  }

  /** Writes the rows of a DuckDB query as the Parquet object s3://curated/key. */
  Path parquet(String key, String query) throws Exception {
    Path file = s3.resolve("curated").resolve(key);
    Files.createDirectories(file.getParent());
    Path written = Files.createTempFile("rows", ".parquet");
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("COPY (" + query + ") TO '" + written + "' (FORMAT parquet)");
    }
    Files.move(written, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return file;
  }

  /** CREATE EXTERNAL TABLE over the whole bucket or a folder of it, without a first refresh. */
  static String table(String name, String columns, String folder) {
    return "CREATE OR REPLACE EXTERNAL TABLE "
        + name
        + (columns.isEmpty() ? "" : " (" + columns + ")")
        + " LOCATION = @CURATED/"
        + folder
        + " REFRESH_ON_CREATE = FALSE AUTO_REFRESH = FALSE FILE_FORMAT = (TYPE = PARQUET)";
  }

  static void run(Connection connection, String... statements) throws SQLException {
    try (Statement jdbc = connection.createStatement()) {
      for (String statement : statements) {
        jdbc.execute(statement);
      }
    }
  }

  /** The rows of a statement, each as its values' text joined by bars. */
  static List<String> rows(Connection connection, String statement) throws SQLException {
    try (Statement jdbc = connection.createStatement();
        ResultSet rows = jdbc.executeQuery(statement)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(String.join("|", row.stream().map(String::valueOf).toList()));
      }
      return all;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
