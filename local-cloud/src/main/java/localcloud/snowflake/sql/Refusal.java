package localcloud.snowflake.sql;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement that is answered with one of Snowflake's own errors instead of a result. */
public final class Refusal extends RuntimeException {

  private static final String COMPILATION = "SQL compilation error:\n";

  private static final Pattern TABLE =
      Pattern.compile(
          "\\b(?:TABLE|VIEW|FROM)\\s+(?:IF\\s+(?:NOT\\s+)?EXISTS\\s+)?(?:[^\\s.(]+\\.)*\"?([^\\s.(\"]+)",
          Pattern.CASE_INSENSITIVE);
  private static final long OTHER_TRANSACTION = 1_715_330_074_481_000_000L;

  private final String code;
  private final String sqlState;

  /**
   * @param code Snowflake's six digits, such as {@code 002003}
   * @param sqlState five characters
   * @param message Snowflake's message
   */
  public Refusal(String code, String sqlState, String message) {
    super(message);
    this.code = code;
    this.sqlState = sqlState;
  }

  /** Snowflake's error code, six digits with leading zeros. */
  public String code() {
    return code;
  }

  /** The SQL state that goes with the code. */
  public String sqlState() {
    return sqlState;
  }

  /** 001003 at an unexpected token. */
  public static Refusal syntax(Token at) {
    String what =
        at.kind() == Token.Kind.END ? "unexpected '<EOF>'." : "unexpected '" + at.source() + "'.";
    return new Refusal(
        "001003",
        "42000",
        COMPILATION
            + "syntax error line "
            + at.line()
            + " at position "
            + at.column()
            + " "
            + what);
  }

  /** 001003 for a statement that Snowflake may know, but this stand-in does not. */
  public static Refusal unknownStatement(String what) {
    return new Refusal(
        "001003",
        "42000",
        COMPILATION
            + "syntax error line 1 at position 0: the local stand-in does not know this statement: "
            + what);
  }

  /** 001003 for a part of a known statement that this stand-in does not know. */
  public static Refusal unknownPart(Token at, String what) {
    return new Refusal(
        "001003",
        "42000",
        COMPILATION
            + "syntax error line "
            + at.line()
            + " at position "
            + at.column()
            + ": the local stand-in does not know "
            + what
            + " in this statement, near '"
            + at.source()
            + "'");
  }

  /** 002003: the object does not exist, or is hidden from the role. */
  public static Refusal missing(String kind, String name) {
    return new Refusal(
        "002003",
        kind.equals("Database") || kind.equals("Schema") ? "02000" : "42S02",
        COMPILATION + kind + " '" + name + "' does not exist or not authorized.");
  }

  /** 002043: the object of USE, DROP, ALTER, SHOW or DESCRIBE does not exist. */
  public static Refusal missingOrNotPerformable() {
    return new Refusal(
        "002043",
        "02000",
        COMPILATION + "Object does not exist, or operation cannot be performed.");
  }

  /** 002002: CREATE without OR REPLACE or IF NOT EXISTS on a name in use. */
  public static Refusal exists(String name) {
    return new Refusal("002002", "42710", COMPILATION + "Object '" + name + "' already exists.");
  }

  /**
   * 001998: CREATE on the name of a table or view of another kind, which neither OR REPLACE nor IF
   * NOT EXISTS can bypass.
   */
  public static Refusal existsAs(String name, String kind) {
    return new Refusal(
        "001998", "42710", COMPILATION + "Object '" + name + "' already exists as " + kind);
  }

  /** 002203: the name is that of a table or view of another kind than the statement is for. */
  public static Refusal otherKind(String found, String wanted) {
    return new Refusal(
        "002203",
        "02000",
        "SQL compilation error: Object found is of type '"
            + found
            + "', not specified type '"
            + wanted
            + "'.");
  }

  /** 002037: a failure of a view's query when the view is read; another failure stays as it is. */
  public static Refusal inView(String view, Refusal cause) {
    return cause.getMessage().startsWith("SQL compilation error")
        ? new Refusal(
            "002037",
            "42601",
            COMPILATION + "Failure during expansion of view '" + view + "': " + cause.getMessage())
        : cause;
  }

  /** 002057: a view's columns differ from those of its query. */
  public static Refusal viewColumns(String view, int declared, int found) {
    return new Refusal(
        "002057",
        "42601",
        COMPILATION
            + "View definition for '"
            + view
            + "' declared "
            + declared
            + " column(s), but view query produces "
            + found
            + " column(s).");
  }

  /** 002025: two columns of one name. */
  public static Refusal duplicateColumn(String name) {
    return new Refusal("002025", "42S21", COMPILATION + "duplicate column name '" + name + "'");
  }

  /** 001430: ADD COLUMN of an existing column. */
  public static Refusal columnExists(String name) {
    return new Refusal(
        "001430", "42601", COMPILATION + "column '" + ObjectName.shown(name) + "' already exists");
  }

  /** 000904: DROP COLUMN, or PARTITION BY, of a missing column. */
  public static Refusal noSuchColumn(String name) {
    return new Refusal(
        "000904", "42000", COMPILATION + "invalid identifier '" + ObjectName.shown(name) + "'");
  }

  /** 000904: a column that is not in scope. */
  public static Refusal invalidIdentifier(String name, Token at) {
    return new Refusal(
        "000904",
        "42000",
        COMPILATION
            + "error line "
            + at.line()
            + " at position "
            + at.column()
            + "\ninvalid identifier '"
            + name
            + "'");
  }

  /** 002141: a function that is not on the list of those that mean the same here. */
  public static Refusal unknownFunction(String name) {
    return new Refusal("002141", "42601", COMPILATION + "Unknown function " + name);
  }

  /** 001007 and similar codes: an invalid argument or option. */
  public static Refusal invalid(String message) {
    return new Refusal("001008", "22023", COMPILATION + message);
  }

  /**
   * 000625: another transaction holds the table's lock, and too many wait for it already; as quoted
   * in <a href="https://github.com/brooklyn-data/dbt_artifacts/issues/431">dbt_artifacts #431</a>.
   *
   * @see <a
   *     href="https://docs.snowflake.com/en/sql-reference/transactions#resource-locking">Transactions:
   *     Resource locking</a>
   */
  public static Refusal locked(String statement, String queryId) {
    Matcher table = TABLE.matcher(statement);
    return new Refusal(
        "000625",
        "57014",
        "Statement '%s' has locked table '%s' in transaction %d and this lock has not yet been released.\nYour statement '%s' was aborted because the number of waiters for this lock exceeds the 20 statements limit."
            .formatted(
                UUID.randomUUID(), table.find() ? table.group(1) : "", OTHER_TRANSACTION, queryId));
  }

  /** 000604: the statement was cancelled while it ran. */
  public static Refusal cancelled() {
    return new Refusal("000604", "57014", "SQL execution canceled");
  }

  /** 000630: the statement took longer than STATEMENT_TIMEOUT_IN_SECONDS. */
  public static Refusal timedOut(long seconds) {
    return new Refusal(
        "000630",
        "57014",
        "Statement reached its statement or warehouse timeout of "
            + seconds
            + " second(s) and was canceled.");
  }

  /** 090105: an unqualified name in a session without a current database. */
  public static Refusal noCurrentDatabase(String operation) {
    return new Refusal(
        "090105",
        "22000",
        "Cannot perform "
            + operation
            + ". This session does not have a current database. Call 'USE DATABASE', or use a"
            + " qualified name.");
  }

  /** 090106: an unqualified name in a session without a current schema. */
  public static Refusal noCurrentSchema(String operation) {
    return new Refusal(
        "090106",
        "22000",
        "Cannot perform "
            + operation
            + ". This session does not have a current schema. Call 'USE SCHEMA', or use a"
            + " qualified name.");
  }
}
