package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import localcloud.snowflake.sql.Statement.ObjectKind;
import localcloud.snowflake.sql.Statement.ShowScope;
import localcloud.snowflake.sql.Statement.UseKind;

/** Reads one statement, and refuses what it does not know. */
public final class StatementParser {

  private final Cursor cursor;

  private StatementParser(String sql) {
    this.cursor = new Cursor(sql);
  }

  /**
   * Parses the statement in a text.
   *
   * @throws Refusal 001003 when it is not Snowflake's SQL, or not known to this stand-in
   */
  public static Statement statement(String sql) {
    StatementParser parser = new StatementParser(sql);
    Statement statement = parser.read();
    parser.cursor.expectEnd();
    return statement;
  }

  private Statement read() {
    Token first = cursor.peek();
    if (first.kind() == Token.Kind.END) {
      throw new Refusal("000900", "42601", "SQL compilation error: Empty SQL statement.");
    }
    Optional<Administration> administration = AdministrationParser.read(cursor);
    if (administration.isPresent()) {
      return new Statement.Administer(administration.get());
    }
    return switch (first.kind() == Token.Kind.WORD ? first.text() : "") {
      case "SELECT" -> new Statement.Select(new QueryParser(cursor).query());
      case "CREATE" -> new CreateParser(cursor).create();
      case "ALTER" -> alter();
      case "COMMENT" -> new AlterParser(cursor).commentOn().orElseThrow(this::unknown);
      case "DROP" -> drop();
      case "SHOW" -> show();
      case "DESCRIBE", "DESC" -> describe();
      case "USE" -> use();
      case "BEGIN", "START" -> begin();
      case "COMMIT", "ROLLBACK" -> end();
      default -> throw unknown();
    };
  }

  /** The first words show which statement was meant. */
  private Refusal unknown() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 3 && cursor.peek(i).kind() == Token.Kind.WORD; i++) {
      words.append(i == 0 ? "" : " ").append(cursor.peek(i).text());
    }
    return Refusal.unknownStatement(words.isEmpty() ? cursor.peek().source() : words.toString());
  }

  private Statement alter() {
    if (cursor.accept("ALTER", "SESSION")) {
      return parameters();
    }
    return new AlterParser(cursor).alter().orElseThrow(this::unknown);
  }

  private Statement parameters() {
    if (cursor.accept("UNSET")) {
      List<String> names = new ArrayList<>();
      do {
        names.add(cursor.identifier());
      } while (cursor.acceptSymbol(","));
      return new Statement.UnsetParameters(names);
    }
    cursor.expect("SET");
    Map<String, String> values = new LinkedHashMap<>();
    do {
      String name = cursor.identifier();
      cursor.expectSymbol("=");
      values.put(name, parameterValue());
      cursor.acceptSymbol(",");
    } while (cursor.isIdentifier(cursor.peek()));
    return new Statement.SetParameters(values);
  }

  private String parameterValue() {
    Token token = cursor.take();
    return switch (token.kind()) {
      case STRING, NUMBER, WORD -> token.text();
      case SYMBOL -> {
        if (!token.text().equals("-") || cursor.peek().kind() != Token.Kind.NUMBER) {
          throw Refusal.syntax(token);
        }
        yield "-" + cursor.take().text();
      }
      case QUOTED, STAGE, BIND, END -> throw Refusal.syntax(token);
    };
  }

  private Statement drop() {
    Optional<ObjectKind> kind =
        cursor.accept("DROP", "TABLE") ? Optional.of(ObjectKind.TABLE) : kindAfter("DROP", false);
    if (kind.isEmpty()) {
      throw unknown();
    }
    boolean ifExists = cursor.accept("IF", "EXISTS");
    ObjectName name = cursor.name(partsOf(kind.get()));
    if (!cursor.accept("CASCADE") && cursor.nextAre("RESTRICT")) {
      throw Refusal.unknownPart(cursor.peek(), "RESTRICT");
    }
    return new Statement.Drop(kind.get(), name, ifExists);
  }

  private static int partsOf(ObjectKind kind) {
    return switch (kind) {
      case DATABASE -> 1;
      case SCHEMA -> 2;
      case STAGE, FILE_FORMAT, EXTERNAL_TABLE, VIEW, TABLE -> 3;
    };
  }

  private Optional<ObjectKind> kindAfter(String verb, boolean plural) {
    String s = plural ? "S" : "";
    if (cursor.accept(verb, "DATABASE" + s)) {
      return Optional.of(ObjectKind.DATABASE);
    }
    if (cursor.accept(verb, "SCHEMA" + s)) {
      return Optional.of(ObjectKind.SCHEMA);
    }
    if (cursor.accept(verb, "STAGE" + s)) {
      return Optional.of(ObjectKind.STAGE);
    }
    if (cursor.accept(verb, "FILE", "FORMAT" + s)) {
      return Optional.of(ObjectKind.FILE_FORMAT);
    }
    if (cursor.accept(verb, "VIEW" + s)) {
      return Optional.of(ObjectKind.VIEW);
    }
    return cursor.accept(verb, "EXTERNAL", "TABLE" + s)
        ? Optional.of(ObjectKind.EXTERNAL_TABLE)
        : Optional.empty();
  }

  private Statement show() {
    Optional<ObjectKind> kind = kindAfter("SHOW", true);
    if (kind.isEmpty()) {
      throw unknown();
    }
    Optional<String> like = cursor.accept("LIKE") ? Optional.of(cursor.string()) : Optional.empty();
    ShowScope scope = cursor.accept("IN") ? scope() : new ShowScope.Current();
    return new Statement.Show(kind.get(), like, scope);
  }

  private ShowScope scope() {
    if (cursor.accept("ACCOUNT")) {
      return new ShowScope.Account();
    }
    if (cursor.accept("DATABASE")) {
      return new ShowScope.InDatabase(
          cursor.isIdentifier(cursor.peek()) ? Optional.of(cursor.identifier()) : Optional.empty());
    }
    cursor.accept("SCHEMA");
    return new ShowScope.InSchema(
        cursor.isIdentifier(cursor.peek()) ? Optional.of(cursor.name(2)) : Optional.empty());
  }

  private Statement describe() {
    cursor.take();
    if (!cursor.accept("VIEW") && !cursor.accept("TABLE") && !cursor.accept("EXTERNAL", "TABLE")) {
      throw Refusal.unknownStatement("DESCRIBE " + cursor.peek().source());
    }
    Statement found = new Statement.Describe(cursor.name(3));
    if (cursor.accept("TYPE")) {
      cursor.expectSymbol("=");
      cursor.expect("COLUMNS");
    }
    return found;
  }

  private Statement use() {
    cursor.take();
    if (cursor.accept("SECONDARY", "ROLES")) {
      cursor.take();
      return new Statement.Use(UseKind.SECONDARY_ROLES, ObjectName.of("ALL"));
    }
    if (cursor.accept("ROLE")) {
      return new Statement.Use(UseKind.ROLE, cursor.name(1));
    }
    if (cursor.accept("WAREHOUSE")) {
      return new Statement.Use(UseKind.WAREHOUSE, cursor.name(1));
    }
    if (cursor.accept("SCHEMA")) {
      return new Statement.Use(UseKind.SCHEMA, cursor.name(2));
    }
    cursor.accept("DATABASE");
    ObjectName name = cursor.name(2);
    return new Statement.Use(name.parts().size() == 2 ? UseKind.SCHEMA : UseKind.DATABASE, name);
  }

  private Statement begin() {
    if (cursor.take().isWord("START")) {
      cursor.expect("TRANSACTION");
    } else if (!cursor.accept("TRANSACTION")) {
      cursor.accept("WORK");
    }
    if (cursor.accept("NAME")) {
      cursor.identifier();
    }
    return new Statement.Begin();
  }

  private Statement end() {
    boolean commit = cursor.take().isWord("COMMIT");
    cursor.accept("WORK");
    return commit ? new Statement.Commit() : new Statement.Rollback();
  }
}
