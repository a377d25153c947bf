package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import localcloud.snowflake.sql.Administration.Kind;
import localcloud.snowflake.sql.Statement.OnConflict;

/**
 * Reads statements about users, roles, warehouses and integrations: <a
 * href="https://docs.snowflake.com/en/sql-reference/commands-user-role">User and security DDL</a>,
 * <a href="https://docs.snowflake.com/en/sql-reference/commands-warehouse">Warehouse commands</a>.
 * {@link GrantParser} reads grants.
 */
final class AdministrationParser {

  /** The properties of each kind; any other is refused. */
  private static final Map<Kind, Set<String>> PROPERTIES =
      Map.of(
          Kind.USER,
          Set.of(
              "TYPE",
              "PASSWORD",
              "LOGIN_NAME",
              "DISPLAY_NAME",
              "EMAIL",
              "DEFAULT_ROLE",
              "DEFAULT_WAREHOUSE",
              "DEFAULT_NAMESPACE",
              "DEFAULT_SECONDARY_ROLES",
              "MUST_CHANGE_PASSWORD",
              "RSA_PUBLIC_KEY",
              "RSA_PUBLIC_KEY_2",
              "WORKLOAD_IDENTITY",
              "COMMENT"),
          Kind.ROLE,
          Set.of("COMMENT"),
          Kind.WAREHOUSE,
          Set.of(
              "WAREHOUSE_SIZE",
              "AUTO_SUSPEND",
              "AUTO_RESUME",
              "INITIALLY_SUSPENDED",
              "STATEMENT_TIMEOUT_IN_SECONDS",
              "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS",
              "COMMENT"),
          Kind.INTEGRATION,
          Set.of(
              "TYPE",
              "STORAGE_PROVIDER",
              "ENABLED",
              "STORAGE_AWS_ROLE_ARN",
              "STORAGE_AWS_EXTERNAL_ID",
              "STORAGE_ALLOWED_LOCATIONS",
              "STORAGE_BLOCKED_LOCATIONS",
              "COMMENT"));

  private final Cursor cursor;

  private AdministrationParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** The next statement, if it is one of these; otherwise nothing is read. */
  static Optional<Administration> read(Cursor cursor) {
    return new AdministrationParser(cursor).read();
  }

  private Optional<Administration> read() {
    if (cursor.nextAre("GRANT") || cursor.nextAre("REVOKE") || cursor.nextAre("SHOW", "GRANTS")) {
      return Optional.of(new GrantParser(cursor).read());
    }
    if (cursor.accept("SHOW", "WAREHOUSES")) {
      return Optional.of(new Administration.ShowWarehouses());
    }
    if (cursor.accept("DESCRIBE", "STORAGE", "INTEGRATION")
        || cursor.accept("DESC", "STORAGE", "INTEGRATION")
        || cursor.accept("DESCRIBE", "INTEGRATION")
        || cursor.accept("DESC", "INTEGRATION")) {
      return Optional.of(new Administration.DescribeIntegration(cursor.identifier()));
    }
    boolean replaces = cursor.nextAre("CREATE", "OR", "REPLACE");
    for (Kind kind : Kind.values()) {
      if (replaces && accept(kind, "CREATE", "OR", "REPLACE")) {
        return Optional.of(create(kind, OnConflict.REPLACE));
      }
      if (accept(kind, "CREATE")) {
        return Optional.of(create(kind, OnConflict.FAIL));
      }
      if (accept(kind, "ALTER")) {
        return Optional.of(alter(kind));
      }
      if (accept(kind, "DROP")) {
        boolean ifExists = cursor.accept("IF", "EXISTS");
        return Optional.of(new Administration.Drop(kind, cursor.identifier(), ifExists));
      }
    }
    return Optional.empty();
  }

  /** Reads the verb and the kind if they come next; ALTER and DROP may omit STORAGE. */
  private boolean accept(Kind kind, String... verb) {
    List<String> words = new ArrayList<>(List.of(verb));
    if (kind != Kind.INTEGRATION) {
      words.add(kind.name());
      return cursor.accept(words.toArray(String[]::new));
    }
    List<String> storage = new ArrayList<>(words);
    storage.addAll(List.of("STORAGE", "INTEGRATION"));
    words.add("INTEGRATION");
    return cursor.accept(storage.toArray(String[]::new))
        || (!verb[0].equals("CREATE") && cursor.accept(words.toArray(String[]::new)));
  }

  private Administration create(Kind kind, OnConflict otherwise) {
    OnConflict onConflict = cursor.accept("IF", "NOT", "EXISTS") ? OnConflict.KEEP : otherwise;
    String name = cursor.identifier();
    cursor.accept("WITH");
    return new Administration.Create(kind, name, onConflict, properties(kind));
  }

  private Administration alter(Kind kind) {
    boolean ifExists = cursor.accept("IF", "EXISTS");
    String name = cursor.identifier();
    if (kind == Kind.USER && cursor.accept("ADD", "PROGRAMMATIC", "ACCESS", "TOKEN")) {
      return token(name);
    }
    if (kind == Kind.WAREHOUSE && cursor.accept("SUSPEND")) {
      return altered(kind, name, ifExists, Map.of("SUSPEND", List.of("TRUE")));
    }
    if (kind == Kind.WAREHOUSE && cursor.accept("RESUME")) {
      cursor.accept("IF", "SUSPENDED");
      return altered(kind, name, ifExists, Map.of("RESUME", List.of("TRUE")));
    }
    if (cursor.accept("UNSET")) {
      List<String> names = new ArrayList<>();
      do {
        names.add(known(kind));
      } while (cursor.acceptSymbol(","));
      return new Administration.Alter(kind, name, ifExists, Map.of(), names);
    }
    cursor.expect("SET");
    return altered(kind, name, ifExists, properties(kind));
  }

  private static Administration altered(
      Kind kind, String name, boolean ifExists, Map<String, List<String>> set) {
    return new Administration.Alter(kind, name, ifExists, set, List.of());
  }

  private Administration token(String user) {
    String name = cursor.identifier();
    Optional<String> role = Optional.empty();
    while (cursor.isIdentifier(cursor.peek())) {
      Token option = cursor.take();
      cursor.expectSymbol("=");
      switch (option.text()) {
        case "ROLE_RESTRICTION" -> role = Optional.of(cursor.take().text());
        case "DAYS_TO_EXPIRY" -> cursor.integer();
        case "COMMENT" -> cursor.string();
        default -> throw Refusal.unknownPart(option, option.source());
      }
    }
    return new Administration.AddToken(user, name, role);
  }

  private Map<String, List<String>> properties(Kind kind) {
    Map<String, List<String>> properties = new LinkedHashMap<>();
    while (cursor.isIdentifier(cursor.peek())) {
      String name = known(kind);
      cursor.expectSymbol("=");
      properties.put(name, values());
      cursor.acceptSymbol(",");
    }
    return properties;
  }

  private String known(Kind kind) {
    Token name = cursor.peek();
    if (!PROPERTIES.get(kind).contains(name.text())) {
      throw Refusal.unknownPart(name, name.source());
    }
    return cursor.identifier();
  }

  /**
   * One value, or those of a list in parentheses; {@code (A = 'b')} becomes {@code A}, {@code b}.
   */
  private List<String> values() {
    if (!cursor.acceptSymbol("(")) {
      return List.of(value());
    }
    List<String> values = new ArrayList<>();
    while (!cursor.acceptSymbol(")")) {
      values.add(value());
      if (!cursor.acceptSymbol(",")) {
        cursor.acceptSymbol("=");
      }
    }
    return values;
  }

  private String value() {
    Token token = cursor.take();
    return switch (token.kind()) {
      case STRING, NUMBER, WORD, QUOTED -> token.text();
      case SYMBOL, STAGE, BIND, END -> throw Refusal.syntax(token);
    };
  }
}
