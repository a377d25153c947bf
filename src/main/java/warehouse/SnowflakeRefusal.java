package warehouse;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A refusal by Snowflake, as one sentence that names what to grant or to do. Snowflake publishes no
 * list of its codes; these are as users have reported them.
 *
 * @param code as {@code SQLException.getErrorCode()} has it, without leading zeros
 * @param sqlState as {@code SQLException.getSQLState()} has it; empty if there is none
 * @param message Snowflake's message
 * @param queryId the statement's id in Snowflake's query history; absent if there was no statement
 */
public record SnowflakeRefusal(
    int code, String sqlState, String message, Optional<String> queryId) {

  /**
   * Who was refused.
   *
   * @param user absent if the way of signing in identifies the user
   * @param authentication the way of signing in, a value of {@code snowflake.authentication}
   * @param role absent if it is not configured
   * @param warehouse absent if it is not configured
   */
  public record Session(
      Optional<String> user,
      String authentication,
      Optional<String> role,
      Optional<String> warehouse) {

    String userWords() {
      return user.map(name -> "user " + name).orElse("the service's user");
    }

    String userName() {
      return user.orElse("<the service's user>");
    }

    String roleWords() {
      return role.map(name -> "role " + name).orElse("the service's role");
    }

    String roleName() {
      return role.orElse("<the service's role>");
    }

    String warehouseName() {
      return warehouse.orElse("<the service's warehouse>");
    }
  }

  /**
   * No warehouse, an invisible object, a privilege, a location of an integration; a column that
   * already exists.
   */
  private static final Set<Integer> PASSING_CODES = Set.of(606, 2_003, 2_043, 3_001, 3_127, 1_430);

  /** A failure to read a file, among others; a privilege; an object that already exists. */
  private static final Set<String> PASSING_STATES = Set.of("22000", "42501", "42710");

  private static final Pattern LACKS =
      Pattern.compile("Insufficient privileges to operate on ([A-Za-z_ ]+?) '(.+?)'");
  private static final Pattern MISSING =
      Pattern.compile("(\\w[\\w ]*?) '(.+?)' does not exist or not authorized");
  private static final Pattern NOT_ALLOWED =
      Pattern.compile("Location '(.+?)' is not allowed by integration ([^\\s.]+)");
  private static final Pattern ROLE = Pattern.compile("[Rr]ole '(.+?)'");
  private static final Pattern SUSPENDED = Pattern.compile("Warehouse '(.+?)' is suspended");
  private static final Pattern FAILURE_ID = Pattern.compile("\\[([0-9a-fA-F-]{36})]");
  private static final Pattern CREATES =
      Pattern.compile(
          "(?is)\\s*CREATE\\s+(?:OR\\s+REPLACE\\s+)?(STAGE|EXTERNAL\\s+TABLE|VIEW|FILE\\s+FORMAT|SCHEMA|DATABASE)\\b"
              + "(?:\\s+IF\\s+NOT\\s+EXISTS)?\\s+((?:\"(?:[^\"]|\"\")*\"|[^\\s.\"(]+)(?:\\.(?:\"(?:[^\"]|\"\")*\"|[^\\s.\"(]+))*)");
  private static final Pattern PART = Pattern.compile("\"(?:[^\"]|\"\")*\"|[^\\s.\"]+");

  /**
   * The sentence, with Snowflake's code and the query's id at its end.
   *
   * @param sql the statement; absent for a sign-in
   * @param now the time of this machine's clock, which must agree with Snowflake's for signatures
   */
  public String sentence(Session session, Optional<String> sql, Instant now) {
    String told =
        switch (code) {
          case 390_100 -> wrongPassword(session);
          case 390_144 -> wrongKey(session, now);
          case 390_186, 390_189 -> wrongRole(session);
          case 390_303, 390_318, 394_400 -> wrongToken(session) + itsWords();
          case 606 -> noWarehouse(session);
          case 3_001 -> lacksPrivilege(session, sql);
          case 2_003, 2_043 -> notVisible(session) + itsWords();
          case 3_127 -> locationNotAllowed();
          default -> other(session);
        };
    return told
        + queryId
            .map(id -> " (Snowflake's error %06d, query %s)".formatted(code, id))
            .orElse(code == 0 ? "" : " (Snowflake's error %06d)".formatted(code));
  }

  /** Adds Snowflake's message, if it may say more. */
  private String itsWords() {
    return "; Snowflake says: " + oneLine(message);
  }

  /**
   * Whether the same statement will always be refused, unless pipeline or data change: because of
   * its text (class 42 of SQL's states), a value (22) or a feature (0A). A right, a warehouse, an
   * integration or a sign-in can be fixed in Snowflake while the load is repeated, a stage's file
   * (22000) in S3; and an object that already exists is found by the next try.
   */
  public boolean isPermanent() {
    return sqlState.matches("(22|42|0A).{3}")
        && !PASSING_STATES.contains(sqlState)
        && !PASSING_CODES.contains(code);
  }

  private String wrongPassword(Session session) {
    return "Snowflake does not accept %s with that password: correct snowflake.user and snowflake.password; a user of TYPE = SERVICE has none and signs in with snowflake.private-key-file"
        .formatted(session.userWords());
  }

  private String wrongKey(Session session, Instant now) {
    String details =
        first(FAILURE_ID)
            .map(
                id ->
                    "; SELECT SYSTEM$GET_LOGIN_FAILURE_DETAILS('%s') shows an administrator the cause"
                        .formatted(id))
            .orElse("");
    if (session.authentication().equals("workload-identity")) {
      return "Snowflake does not accept this workload's identity: its AWS role must be the ARN in WORKLOAD_IDENTITY of the service's user"
          + details;
    }
    return "Snowflake does not accept the key of %s: either it is not the private half of the user's RSA_PUBLIC_KEY (ALTER USER %s SET RSA_PUBLIC_KEY = '…'), or this machine's clock, by which it is %s, is more than 60 seconds off Snowflake's, or user or account are other ones%s"
        .formatted(session.userWords(), session.userName(), now, details);
  }

  private String wrongRole(Session session) {
    String role = first(ROLE).orElse(session.roleName());
    return "Snowflake does not let %s take on role %s: GRANT ROLE %s TO USER %s, or correct snowflake.role"
        .formatted(session.userWords(), role, role, session.userName());
  }

  private String wrongToken(Session session) {
    boolean expired = code == 390_318;
    return "Snowflake does not accept the token of %s, which %s: issue a new one and put it into snowflake.token or the file of snowflake.token-file"
        .formatted(
            session.userWords(),
            expired ? "has expired" : "is wrong, expired, revoked or another user's");
  }

  private static String noWarehouse(Session session) {
    if (session.warehouse().isEmpty()) {
      return "There is no warehouse for the statement: set snowflake.warehouse, or ALTER USER %s SET DEFAULT_WAREHOUSE = …, and GRANT USAGE ON WAREHOUSE … TO ROLE %s"
          .formatted(session.userName(), session.roleName());
    }
    return "Warehouse %s does not exist, or %s may not use it: create it, or GRANT USAGE ON WAREHOUSE %s TO ROLE %s"
        .formatted(
            session.warehouseName(),
            session.roleWords(),
            session.warehouseName(),
            session.roleName());
  }

  private String lacksPrivilege(Session session, Optional<String> sql) {
    Matcher lacks = LACKS.matcher(message);
    if (!lacks.find()) {
      return other(session);
    }
    String kind = lacks.group(1).toUpperCase(Locale.ROOT);
    String name = lacks.group(2);
    Optional<Matcher> creates = sql.map(CREATES::matcher).filter(Matcher::lookingAt);
    String on = kind.equals("ACCOUNT") ? "ACCOUNT" : kind + " " + name;
    String privilege = "OWNERSHIP";
    if (kind.equals("INTEGRATION") || kind.equals("WAREHOUSE")) {
      privilege = "USAGE";
    } else if (creates.isPresent() && List.of("SCHEMA", "DATABASE", "ACCOUNT").contains(kind)) {
      privilege =
          "CREATE " + creates.get().group(1).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
      on = container(kind, creates.get().group(2)).map(full -> kind + " " + full).orElse(on);
    } else if (kind.equals("TABLE")) {
      on = "EXTERNAL TABLE " + name;
    }
    String hint = privilege.equals("OWNERSHIP") ? " COPY CURRENT GRANTS" : "";
    return "%s lacks the privilege %s on %s: GRANT %s ON %s TO ROLE %s%s"
        .formatted(
            capital(session.roleWords()), privilege, on, privilege, on, session.roleName(), hint);
  }

  /** The schema or database in the full name of the object to create. */
  private static Optional<String> container(String kind, String fullName) {
    List<String> parts = PART.matcher(fullName).results().map(part -> part.group()).toList();
    int length = kind.equals("SCHEMA") ? 2 : kind.equals("DATABASE") ? 1 : 0;
    return length > 0 && parts.size() == length + 1
        ? Optional.of(String.join(".", parts.subList(0, length)))
        : Optional.empty();
  }

  private String notVisible(Session session) {
    Matcher missing = MISSING.matcher(message);
    if (!missing.find()) {
      return "What the statement names does not exist, or %s does not see it; docs/snowflake.md lists what to grant"
          .formatted(session.roleWords());
    }
    String kind = missing.group(1).toUpperCase(Locale.ROOT);
    String name = missing.group(2);
    String grant =
        switch (kind) {
          case "DATABASE", "SCHEMA", "STAGE", "INTEGRATION", "WAREHOUSE" ->
              "GRANT USAGE ON %s %s TO ROLE %s".formatted(kind, name, session.roleName());
          case "FILE FORMAT" ->
              "GRANT USAGE ON FILE FORMAT %s TO ROLE %s".formatted(name, session.roleName());
          default ->
              "GRANT OWNERSHIP ON EXTERNAL TABLE %s TO ROLE %s COPY CURRENT GRANTS if it exists, or let the service create it"
                  .formatted(name, session.roleName());
        };
    String what = kind.equals("INTEGRATION") ? "Storage integration" : capital(missing.group(1));
    return "%s %s does not exist, or %s does not see it: %s%s"
        .formatted(
            what,
            name,
            session.roleWords(),
            kind.equals("INTEGRATION")
                ? "let an ACCOUNTADMIN create it (deploy/snowflake/setup.sql) and "
                : "",
            grant);
  }

  private String locationNotAllowed() {
    Matcher location = NOT_ALLOWED.matcher(message);
    return location.find()
        ? "Storage integration %s does not allow %s: let an ACCOUNTADMIN add it, ALTER STORAGE INTEGRATION %s SET STORAGE_ALLOWED_LOCATIONS = (…, '%s') including all existing ones"
            .formatted(location.group(2), location.group(1), location.group(2), location.group(1))
        : oneLine(message);
  }

  /** Refusals without a code of their own, or with an unknown one. */
  private String other(Session session) {
    Optional<String> suspended = first(SUSPENDED);
    if (suspended.isPresent()) {
      return "Warehouse %s is suspended and does not resume by itself: ALTER WAREHOUSE %s SET AUTO_RESUME = TRUE"
          .formatted(suspended.get(), suspended.get());
    }
    if (message.contains("cannot be resumed because resource monitor")) {
      return oneLine(message) + ": raise the monitor's quota or wait for its next interval";
    }
    if (session.authentication().equals("oauth-client-credentials")
        && message.contains("OAuth Client Credentials")) {
      return "The identity provider gave no token: check snowflake.oauth.client-id, client-secret, token-url and scope: "
          + oneLine(message);
    }
    return oneLine(message);
  }

  private Optional<String> first(Pattern pattern) {
    Matcher matcher = pattern.matcher(message);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\n\\s*", " ");
  }
}
