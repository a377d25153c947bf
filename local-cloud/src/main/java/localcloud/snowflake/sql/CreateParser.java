package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import localcloud.snowflake.sql.Statement.ColumnDefinition;
import localcloud.snowflake.sql.Statement.FormatOptions;
import localcloud.snowflake.sql.Statement.FormatReference;
import localcloud.snowflake.sql.Statement.OnConflict;
import localcloud.snowflake.sql.Statement.StageReference;

/**
 * Reads CREATE: <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-external-table">external table</a>,
 * <a href="https://docs.snowflake.com/en/sql-reference/sql/create-stage">stage</a>, <a
 * href="https://docs.snowflake.com/en/sql-reference/sql/create-file-format">file format</a>, schema
 * and database.
 */
final class CreateParser {

  private final Cursor cursor;
  private OnConflict onConflict = OnConflict.FAIL;

  CreateParser(Cursor cursor) {
    this.cursor = cursor;
  }

  Statement create() {
    cursor.expect("CREATE");
    if (cursor.accept("OR", "REPLACE")) {
      onConflict = OnConflict.REPLACE;
    }
    if (cursor.accept("EXTERNAL", "TABLE")) {
      return externalTable();
    }
    if (cursor.nextAre("VIEW") || cursor.nextAre("SECURE", "VIEW")) {
      boolean secure = cursor.accept("SECURE");
      cursor.expect("VIEW");
      ObjectName name = named(3);
      return new ViewParser(cursor).view(name, onConflict, secure);
    }
    if (cursor.accept("STAGE")) {
      return stage();
    }
    if (cursor.nextAre("TABLE") || cursor.nextAre("TRANSIENT", "TABLE")) {
      cursor.accept("TRANSIENT");
      cursor.expect("TABLE");
      return table();
    }
    if (cursor.accept("FILE", "FORMAT")) {
      return fileFormat();
    }
    cursor.accept("TRANSIENT");
    if (cursor.accept("DATABASE")) {
      return new Statement.CreateDatabase(named(1).last(), onConflict, commentOnly());
    }
    if (cursor.accept("SCHEMA")) {
      return new Statement.CreateSchema(named(2), onConflict, commentOnly());
    }
    throw Refusal.unknownStatement("CREATE " + cursor.peek().source());
  }

  private ObjectName named(int parts) {
    if (cursor.accept("IF", "NOT", "EXISTS")) {
      if (onConflict == OnConflict.REPLACE) {
        throw Refusal.syntax(cursor.peek());
      }
      onConflict = OnConflict.KEEP;
    }
    return cursor.name(parts);
  }

  private String commentOnly() {
    String comment = "";
    while (cursor.isIdentifier(cursor.peek())) {
      if (cursor.nextAre("COMMENT")) {
        comment = comment();
      } else if (cursor.nextAre("DATA_RETENTION_TIME_IN_DAYS")) {
        cursor.take();
        cursor.expectSymbol("=");
        cursor.integer();
      } else {
        throw Refusal.unknownPart(cursor.peek(), cursor.peek().source());
      }
    }
    return comment;
  }

  private String comment() {
    cursor.expect("COMMENT");
    cursor.expectSymbol("=");
    return cursor.string();
  }

  private Statement stage() {
    ObjectName name = named(3);
    Optional<String> url = Optional.empty();
    Optional<String> integration = Optional.empty();
    String comment = "";
    while (cursor.isIdentifier(cursor.peek())) {
      Token option = cursor.peek();
      if (option.isWord("COMMENT")) {
        comment = comment();
        continue;
      }
      cursor.take();
      cursor.expectSymbol("=");
      switch (option.text()) {
        case "URL" -> url = Optional.of(cursor.string());
        case "STORAGE_INTEGRATION" -> integration = Optional.of(cursor.identifier());
        case "FILE_FORMAT", "DIRECTORY", "CREDENTIALS", "ENCRYPTION" -> skipParenthesised();
        default -> throw Refusal.unknownPart(option, option.source());
      }
    }
    if (url.isEmpty()) {
      throw Refusal.unknownStatement("CREATE STAGE without URL (an internal stage)");
    }
    return new Statement.CreateStage(name, onConflict, url.get(), integration, comment);
  }

  /** Properties without effect on an external table: a stage's own format, and its credentials. */
  private void skipParenthesised() {
    cursor.expectSymbol("(");
    int depth = 1;
    while (depth > 0) {
      Token token = cursor.take();
      if (token.kind() == Token.Kind.END) {
        throw Refusal.syntax(token);
      }
      depth += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
    }
  }

  private Statement fileFormat() {
    ObjectName name = named(3);
    Map<String, String> options = new LinkedHashMap<>();
    String comment = "";
    while (cursor.isIdentifier(cursor.peek())) {
      if (cursor.nextAre("COMMENT")) {
        comment = comment();
      } else {
        option(options);
      }
    }
    return new Statement.CreateFileFormat(name, onConflict, formatOptions(options), comment);
  }

  private void option(Map<String, String> options) {
    String name = cursor.take().text();
    cursor.expectSymbol("=");
    Token value = cursor.take();
    switch (value.kind()) {
      case STRING, NUMBER, WORD, QUOTED -> options.put(name, value.text());
      case SYMBOL -> {
        if (!value.isSymbol("(")) {
          throw Refusal.syntax(value);
        }
        int start = cursor.position();
        while (!cursor.peek().isSymbol(")")) {
          if (cursor.take().kind() == Token.Kind.END) {
            throw Refusal.syntax(cursor.peek());
          }
        }
        options.put(name, start == cursor.position() ? "" : cursor.textSince(start));
        cursor.expectSymbol(")");
      }
      case STAGE, BIND, END -> throw Refusal.syntax(value);
    }
    cursor.acceptSymbol(",");
  }

  private static FormatOptions formatOptions(Map<String, String> options) {
    Map<String, String> others = new LinkedHashMap<>(options);
    String type = others.remove("TYPE");
    return new FormatOptions(type == null ? "CSV" : type.toUpperCase(Locale.ROOT), others);
  }

  private Statement externalTable() {
    ObjectName name = named(3);
    List<ColumnDefinition> columns = cursor.peek().isSymbol("(") ? columns() : List.of();
    TableOptions options = new TableOptions();
    while (cursor.peek().kind() == Token.Kind.WORD) {
      tableOption(options);
    }
    if (options.location == null) {
      throw Refusal.syntax(cursor.peek());
    }
    return new Statement.CreateExternalTable(
        name,
        onConflict,
        columns,
        options.partitionBy,
        options.location,
        options.pattern,
        options.format,
        options.refreshOnCreate,
        options.autoRefresh,
        options.comment,
        options.copyGrants);
  }

  /** The clauses after the columns, in any order. */
  private static final class TableOptions {
    private List<String> partitionBy = List.of();
    private StageReference location;
    private Optional<String> pattern = Optional.empty();
    private FormatReference format = new FormatReference.Absent();
    private boolean refreshOnCreate = true;
    private boolean autoRefresh = true;
    private String comment = "";
    private boolean copyGrants;
  }

  private void tableOption(TableOptions options) {
    if (cursor.accept("PARTITION", "BY")) {
      options.partitionBy = names();
      return;
    }
    if (cursor.accept("COPY", "GRANTS")) {
      options.copyGrants = true;
      return;
    }
    cursor.accept("WITH");
    Token option = cursor.take();
    cursor.expectSymbol("=");
    switch (option.text()) {
      case "LOCATION" -> options.location = stageReference();
      case "PATTERN" -> options.pattern = Optional.of(cursor.string());
      case "FILE_FORMAT" -> options.format = format();
      case "REFRESH_ON_CREATE" -> options.refreshOnCreate = cursor.truth();
      case "AUTO_REFRESH" -> options.autoRefresh = cursor.truth();
      case "COMMENT" -> options.comment = cursor.string();
      default -> throw Refusal.unknownPart(option, option.source());
    }
  }

  private List<String> names() {
    cursor.expectSymbol("(");
    List<String> names = new ArrayList<>();
    do {
      names.add(cursor.identifier());
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return names;
  }

  private List<ColumnDefinition> columns() {
    cursor.expectSymbol("(");
    List<ColumnDefinition> columns = new ArrayList<>();
    do {
      columns.add(column());
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return columns;
  }

  private Statement table() {
    ObjectName name = named(3);
    cursor.expectSymbol("(");
    List<Statement.PlainColumn> columns = new ArrayList<>();
    do {
      String column = cursor.identifier();
      SqlType type = TypeParser.type(cursor);
      boolean notNull = cursor.accept("NOT", "NULL");
      String comment = cursor.accept("COMMENT") ? cursor.string() : "";
      columns.add(new Statement.PlainColumn(column, type, notNull, comment));
    } while (cursor.acceptSymbol(","));
    cursor.expectSymbol(")");
    return new Statement.CreateTable(name, onConflict, columns, commentOnly());
  }

  /** A column of an external table, in CREATE and ALTER TABLE … ADD COLUMN. */
  ColumnDefinition column() {
    String name = cursor.identifier();
    SqlType type = TypeParser.type(cursor);
    boolean notNull = cursor.accept("NOT", "NULL");
    cursor.expect("AS");
    int start = cursor.position();
    boolean wrapped = cursor.peek().isSymbol("(");
    Expr expression = new ExpressionParser(cursor).expression();
    String text = cursor.textSince(start);
    notNull |= cursor.accept("NOT", "NULL");
    String shown = wrapped && text.endsWith(")") ? text.substring(1, text.length() - 1) : text;
    return new ColumnDefinition(name, type, expression, shown.strip(), notNull);
  }

  private StageReference stageReference() {
    Token token = cursor.take();
    if (token.kind() != Token.Kind.STAGE) {
      throw Refusal.syntax(token);
    }
    int slash = pathStart(token.text());
    Cursor inner = new Cursor(token.text().substring(1, slash));
    ObjectName stage = inner.name(3);
    inner.expectEnd();
    String path = token.text().substring(slash);
    return new StageReference(stage, path.startsWith("/") ? path.substring(1) : path);
  }

  /** The first slash outside double quotes, or the end. */
  private static int pathStart(String text) {
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '"') {
        quoted = !quoted;
      } else if (text.charAt(i) == '/' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  private FormatReference format() {
    if (!cursor.acceptSymbol("(")) {
      throw Refusal.unknownPart(cursor.peek(), "FILE_FORMAT without parentheses");
    }
    if (cursor.accept("FORMAT_NAME")) {
      cursor.expectSymbol("=");
      ObjectName name;
      if (cursor.peek().kind() == Token.Kind.STRING) {
        Cursor inner = new Cursor(cursor.string());
        name = inner.name(3);
        inner.expectEnd();
      } else {
        name = cursor.name(3);
      }
      cursor.expectSymbol(")");
      return new FormatReference.Named(name);
    }
    Map<String, String> options = new LinkedHashMap<>();
    while (!cursor.acceptSymbol(")")) {
      if (!cursor.isIdentifier(cursor.peek())) {
        throw Refusal.syntax(cursor.peek());
      }
      option(options);
    }
    return new FormatReference.Given(formatOptions(options));
  }
}
