package localcloud.snowflake;

import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import localcloud.Help;

/**
 * Runs one statement through the real Snowflake driver and prints its rows as a table.
 *
 * <p>Arguments: the JDBC URL, and the statement.
 */
public final class Sql {

  private Sql() {}

  /** Prints the table to standard output; a failure goes to standard error, and the status is 1. */
  private static final String USAGE =
      "Usage: java -cp local-cloud.jar localcloud.snowflake.Sql JDBC-URL STATEMENT";

  public static void main(String[] args) {
    if (Help.isWanted(args)) {
      System.out.println(USAGE);
      return;
    }
    if (args.length != 2) {
      System.err.println(USAGE);
      System.exit(2);
    }
    int status = 0;
    try {
      run(args[0], args[1], System.out);
    } catch (SQLException e) {
      System.err.println(e.getMessage());
      status = 1;
    }
    System.out.flush();
    // The driver may leave threads behind that are not daemons.
    System.exit(status);
  }

  /**
   * Prints the rows of a statement.
   *
   * @return how many rows there were
   * @throws SQLException when the driver or Snowflake refuses
   */
  public static int run(String url, String statement, PrintStream out) throws SQLException {
    return print(table(url, statement), out);
  }

  /**
   * The rows of a statement as text; NULL is the word.
   *
   * @throws SQLException when the driver or Snowflake refuses
   */
  public static List<List<String>> rows(String url, String statement) throws SQLException {
    List<List<String>> table = table(url, statement);
    return table.subList(1, table.size());
  }

  /** The columns' labels, and the rows. */
  private static List<List<String>> table(String url, String statement) throws SQLException {
    LogManager.getLogManager().reset();
    Logger.getLogger("").setLevel(Level.OFF);
    try (Connection connection = DriverManager.getConnection(url, quietly());
        Statement jdbc = connection.createStatement();
        ResultSet rows = jdbc.executeQuery(statement)) {
      return table(rows);
    }
  }

  /** No queries for cloud metadata, no telemetry, no Arrow. */
  private static Properties quietly() {
    Properties properties = new Properties();
    properties.put("disablePlatformDetection", "true");
    properties.put("CLIENT_TELEMETRY_ENABLED", "false");
    properties.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    return properties;
  }

  private static List<List<String>> table(ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int width = columns.getColumnCount();
    List<List<String>> table = new ArrayList<>();
    List<String> head = new ArrayList<>();
    for (int i = 1; i <= width; i++) {
      head.add(columns.getColumnLabel(i));
    }
    table.add(head);
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= width; i++) {
        String value = rows.getString(i);
        row.add(value == null ? "NULL" : value.replaceAll("\\s*\n\\s*", " "));
      }
      table.add(row);
    }
    return table;
  }

  private static int print(List<List<String>> table, PrintStream out) {
    int width = table.get(0).size();
    int[] widths = new int[width];
    for (List<String> row : table) {
      for (int i = 0; i < width; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (int r = 0; r < table.size(); r++) {
      out.println(line(table.get(r), widths));
      if (r == 0) {
        out.println(rule(widths));
      }
    }
    out.printf("(%d row%s)%n", table.size() - 1, table.size() == 2 ? "" : "s");
    return table.size() - 1;
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(i == 0 ? "" : " | ");
      line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length()));
    }
    return line.toString().stripTrailing();
  }

  private static String rule(int[] widths) {
    List<String> parts = new ArrayList<>();
    for (int width : widths) {
      parts.add("-".repeat(width));
    }
    return String.join("-+-", parts);
  }
}
