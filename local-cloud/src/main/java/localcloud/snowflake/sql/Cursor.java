package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tokens of one statement and the reading position. */
final class Cursor {

  /** Characters of the longest identifier. */
  private static final int LONGEST = 255;

  /**
   * Words that cannot be an identifier without quotes, or would swallow the next clause: <a
   * href="https://docs.snowflake.com/en/sql-reference/reserved-keywords">Reserved and limited
   * keywords</a>.
   */
  private static final Set<String> RESERVED =
      Set.of(
          "ALL",
          "ALTER",
          "AND",
          "ANY",
          "AS",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "CHECK",
          "COLUMN",
          "CONNECT",
          "CONSTRAINT",
          "CREATE",
          "CROSS",
          "CURRENT",
          "DELETE",
          "DISTINCT",
          "DROP",
          "ELSE",
          "EXISTS",
          "FALSE",
          "FETCH",
          "FOLLOWING",
          "FOR",
          "FROM",
          "FULL",
          "GRANT",
          "GROUP",
          "GSCLUSTER",
          "HAVING",
          "ILIKE",
          "IN",
          "INCREMENT",
          "INNER",
          "INSERT",
          "INTERSECT",
          "INTO",
          "IS",
          "ISSUE",
          "JOIN",
          "LATERAL",
          "LEFT",
          "LIKE",
          "LIMIT",
          "MINUS",
          "NATURAL",
          "NOT",
          "NULL",
          "OF",
          "OFFSET",
          "ON",
          "OR",
          "ORDER",
          "ORGANIZATION",
          "QUALIFY",
          "REGEXP",
          "REVOKE",
          "RIGHT",
          "RLIKE",
          "ROW",
          "ROWS",
          "SAMPLE",
          "SELECT",
          "SET",
          "SOME",
          "START",
          "TABLE",
          "TABLESAMPLE",
          "THEN",
          "TO",
          "TRIGGER",
          "TRUE",
          "TRY_CAST",
          "UNION",
          "UNIQUE",
          "UPDATE",
          "USING",
          "VALUES",
          "WHEN",
          "WHENEVER",
          "WHERE",
          "WINDOW",
          "WITH");

  private final String sql;
  private final List<Token> tokens;
  private int at;
  private int binds;

  Cursor(String sql) {
    this.sql = sql;
    this.tokens = Tokenizer.tokens(sql);
  }

  Token peek() {
    return tokens.get(at);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token take() {
    Token token = tokens.get(at);
    if (token.kind() != Token.Kind.END) {
      at++;
    }
    return token;
  }

  /** The number of the bind variable just met, counted from 1. */
  int nextBind() {
    return ++binds;
  }

  /** Whether a bind variable has been met. */
  boolean hasBinds() {
    return binds > 0;
  }

  int position() {
    return at;
  }

  /** The statement's own text between a position and what comes next. */
  String textSince(int position) {
    return sql.substring(tokens.get(position).start(), tokens.get(at - 1).end());
  }

  boolean nextAre(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).isWord(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Reads the words if all of them come next. */
  boolean accept(String... words) {
    if (!nextAre(words)) {
      return false;
    }
    at += words.length;
    return true;
  }

  boolean acceptSymbol(String symbol) {
    if (!peek().isSymbol(symbol)) {
      return false;
    }
    at++;
    return true;
  }

  void expect(String... words) {
    for (String word : words) {
      if (!accept(word)) {
        throw Refusal.syntax(peek());
      }
    }
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw Refusal.syntax(peek());
    }
  }

  void expectEnd() {
    acceptSymbol(";");
    if (peek().kind() != Token.Kind.END) {
      throw Refusal.syntax(peek());
    }
  }

  String string() {
    if (peek().kind() != Token.Kind.STRING) {
      throw Refusal.syntax(peek());
    }
    return take().text();
  }

  int integer() {
    Token token = peek();
    if (token.kind() != Token.Kind.NUMBER || !token.text().matches("[0-9]{1,9}")) {
      throw Refusal.syntax(token);
    }
    return Integer.parseInt(take().text());
  }

  boolean isIdentifier(Token token) {
    return token.kind() == Token.Kind.QUOTED
        || (token.kind() == Token.Kind.WORD && !RESERVED.contains(token.text()));
  }

  String identifier() {
    if (!isIdentifier(peek())) {
      throw Refusal.syntax(peek());
    }
    String name = peek().text();
    if (name.isEmpty()) {
      throw Refusal.syntax(peek());
    }
    if (name.codePointCount(0, name.length()) > LONGEST) {
      throw Refusal.unknownPart(peek(), "a name of more than " + LONGEST + " characters");
    }
    return take().text();
  }

  ObjectName name(int maxParts) {
    List<String> parts = new ArrayList<>();
    parts.add(identifier());
    while (parts.size() < maxParts && acceptSymbol(".")) {
      parts.add(identifier());
    }
    return new ObjectName(parts);
  }

  boolean truth() {
    if (accept("TRUE")) {
      return true;
    }
    expect("FALSE");
    return false;
  }
}
