package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads SELECT: <a href="https://docs.snowflake.com/en/sql-reference/constructs">Query syntax</a>.
 */
final class QueryParser {

  private static final String HISTORY = "EXTERNAL_TABLE_FILE_REGISTRATION_HISTORY";
  private static final Set<String> KNOWN = Set.of("EXTERNAL_TABLE_FILES", HISTORY);

  private final Cursor cursor;
  private final ExpressionParser expressions;

  QueryParser(Cursor cursor) {
    this.cursor = cursor;
    this.expressions = new ExpressionParser(cursor);
  }

  Query query() {
    cursor.expect("SELECT");
    boolean distinct = cursor.accept("DISTINCT");
    cursor.accept("ALL");
    List<Query.Item> items = new ArrayList<>();
    do {
      items.add(item());
    } while (cursor.acceptSymbol(","));
    Query.Source from = cursor.accept("FROM") ? source() : new Query.Source.None();
    Optional<Expr> where = optional("WHERE");
    List<Expr> groupBy = List.of();
    if (cursor.accept("GROUP", "BY")) {
      if (cursor.nextAre("ALL") || cursor.nextAre("CUBE") || cursor.nextAre("ROLLUP")) {
        throw Refusal.unknownPart(cursor.peek(), "GROUP BY " + cursor.peek().text());
      }
      groupBy = expressions.list();
    }
    Optional<Expr> having = optional("HAVING");
    List<Query.Order> order = cursor.accept("ORDER", "BY") ? orders() : List.of();
    Optional<Expr> limit = optional("LIMIT");
    Optional<Expr> offset = optional("OFFSET");
    if (offset.isPresent() && !cursor.accept("ROWS")) {
      cursor.accept("ROW");
    }
    if (limit.isEmpty() && cursor.accept("FETCH")) {
      limit = Optional.of(fetch());
    }
    refuseWhatFollows();
    return new Query(distinct, items, from, where, groupBy, having, order, limit, offset);
  }

  private Optional<Expr> optional(String keyword) {
    return cursor.accept(keyword) ? Optional.of(expressions.expression()) : Optional.empty();
  }

  private Expr fetch() {
    if (!cursor.accept("FIRST")) {
      cursor.accept("NEXT");
    }
    Expr rows = expressions.expression();
    if (!cursor.accept("ROWS")) {
      cursor.accept("ROW");
    }
    cursor.accept("ONLY");
    return rows;
  }

  private void refuseWhatFollows() {
    for (String word : List.of("UNION", "INTERSECT", "EXCEPT", "MINUS", "QUALIFY")) {
      if (cursor.nextAre(word)) {
        throw Refusal.unknownPart(cursor.peek(), word);
      }
    }
  }

  private Query.Item item() {
    if (cursor.acceptSymbol("*")) {
      return new Query.Item.All();
    }
    if (cursor.isIdentifier(cursor.peek())
        && cursor.peek(1).isSymbol(".")
        && cursor.peek(2).isSymbol("*")) {
      throw Refusal.unknownPart(cursor.peek(), "a star behind a table's name");
    }
    int start = cursor.position();
    Expr value = expressions.expression();
    String text = cursor.textSince(start);
    Optional<String> alias = Optional.empty();
    if (cursor.accept("AS")) {
      alias = Optional.of(cursor.identifier());
    } else if (cursor.isIdentifier(cursor.peek())) {
      alias = Optional.of(cursor.identifier());
    }
    return new Query.Item.One(value, alias, alias.orElseGet(() -> label(value, text)));
  }

  private static String label(Expr value, String text) {
    return value instanceof Expr.Column column ? column.name() : text.toUpperCase(Locale.ROOT);
  }

  private Query.Source source() {
    Query.Source found;
    if (cursor.acceptSymbol("(")) {
      Query nested = query();
      cursor.expectSymbol(")");
      found = new Query.Source.Nested(nested, alias());
    } else if (cursor.nextAre("TABLE")) {
      found = tableFunction();
    } else if (cursor.peek().kind() == Token.Kind.STAGE) {
      throw Refusal.unknownPart(cursor.peek(), "a SELECT over staged files");
    } else {
      ObjectName name = cursor.name(3);
      found = new Query.Source.Table(name, alias());
    }
    for (String word : List.of("JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL")) {
      if (cursor.nextAre(word)) {
        throw Refusal.unknownPart(cursor.peek(), "a join");
      }
    }
    if (cursor.peek().isSymbol(",")) {
      throw Refusal.unknownPart(cursor.peek(), "more than one table");
    }
    return found;
  }

  private Optional<String> alias() {
    if (cursor.accept("AS") || cursor.isIdentifier(cursor.peek())) {
      return Optional.of(cursor.identifier());
    }
    return Optional.empty();
  }

  private Query.Source tableFunction() {
    cursor.expect("TABLE");
    cursor.expectSymbol("(");
    Token at = cursor.peek();
    List<String> parts = cursor.name(3).parts();
    int last = parts.size() - 1;
    if (last < 1
        || !parts.get(last - 1).equals("INFORMATION_SCHEMA")
        || !KNOWN.contains(parts.get(last))) {
      throw Refusal.unknownPart(at, "the table function " + new ObjectName(parts));
    }
    Optional<String> database = last == 2 ? Optional.of(parts.get(0)) : Optional.empty();
    cursor.expectSymbol("(");
    if (cursor.accept("TABLE_NAME")) {
      cursor.expectSymbol("=>");
    }
    Cursor inner = new Cursor(cursor.string());
    ObjectName table = inner.name(3);
    inner.expectEnd();
    Optional<Expr> since = Optional.empty();
    if (parts.get(last).equals(HISTORY) && cursor.acceptSymbol(",")) {
      cursor.expect("START_TIME");
      cursor.expectSymbol("=>");
      since = Optional.of(expressions.expression());
    }
    cursor.expectSymbol(")");
    cursor.expectSymbol(")");
    return parts.get(last).equals(HISTORY)
        ? new Query.Source.History(database, table, since, alias())
        : new Query.Source.Files(database, table, alias());
  }

  private List<Query.Order> orders() {
    List<Query.Order> all = new ArrayList<>();
    do {
      Expr value = expressions.expression();
      boolean descending = cursor.accept("DESC");
      if (!descending) {
        cursor.accept("ASC");
      }
      boolean nullsFirst = descending;
      if (cursor.accept("NULLS")) {
        nullsFirst = cursor.accept("FIRST");
        if (!nullsFirst) {
          cursor.expect("LAST");
        }
      }
      all.add(new Query.Order(value, descending, nullsFirst));
    } while (cursor.acceptSymbol(","));
    return all;
  }
}
