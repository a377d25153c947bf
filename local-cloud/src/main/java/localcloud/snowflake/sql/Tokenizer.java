package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts a statement into tokens, by Snowflake's rules: <a
 * href="https://docs.snowflake.com/en/sql-reference/identifiers-syntax">identifiers</a>, <a
 * href="https://docs.snowflake.com/en/sql-reference/data-types-text">string constants</a>,
 * comments.
 */
public final class Tokenizer {

  private static final Set<String> PAIRS = Set.of("::", "=>", "<=", ">=", "<>", "!=", "||", "->");

  private final String sql;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line = 1;
  private int lineStart;

  private Tokenizer(String sql) {
    this.sql = sql;
  }

  /**
   * The tokens of a statement, the last of them {@link Token.Kind#END}.
   *
   * @throws Refusal 001003 when a quote or comment is not closed, or a character is not SQL
   */
  public static List<Token> tokens(String sql) {
    return new Tokenizer(sql).run();
  }

  private List<Token> run() {
    skipBlank();
    while (at < sql.length()) {
      next();
      skipBlank();
    }
    add(Token.Kind.END, "", at, at);
    return tokens;
  }

  private void next() {
    char c = sql.charAt(at);
    if (c == '\'') {
      string();
    } else if (c == '"') {
      quoted();
    } else if (sql.startsWith("$$", at)) {
      dollars();
    } else if (isWordStart(c)) {
      int end = at;
      while (end < sql.length() && isWordPart(sql.charAt(end))) {
        end++;
      }
      add(Token.Kind.WORD, sql.substring(at, end).toUpperCase(Locale.ROOT), at, end);
    } else if (isDigit(c) || (c == '.' && at + 1 < sql.length() && isDigit(sql.charAt(at + 1)))) {
      number();
    } else if (c == '@') {
      stage();
    } else if (c == '?') {
      add(Token.Kind.BIND, "?", at, at + 1);
    } else if (at + 1 < sql.length() && PAIRS.contains(sql.substring(at, at + 2))) {
      add(Token.Kind.SYMBOL, sql.substring(at, at + 2), at, at + 2);
    } else if ("+-*/%()[]{},.;:<>=".indexOf(c) >= 0) {
      add(Token.Kind.SYMBOL, String.valueOf(c), at, at + 1);
    } else {
      throw Refusal.syntax(token(Token.Kind.SYMBOL, String.valueOf(c), at, at + 1));
    }
  }

  private void skipBlank() {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      if (Character.isWhitespace(c)) {
        advanceTo(at + 1);
      } else if (sql.startsWith("--", at) || sql.startsWith("//", at)) {
        int end = sql.indexOf('\n', at);
        advanceTo(end < 0 ? sql.length() : end);
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        if (end < 0) {
          throw Refusal.syntax(token(Token.Kind.SYMBOL, "/*", at, at + 2));
        }
        advanceTo(end + 2);
      } else {
        return;
      }
    }
  }

  private void string() {
    StringBuilder text = new StringBuilder();
    int i = at + 1;
    while (i < sql.length()) {
      char c = sql.charAt(i);
      if (c == '\'') {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == '\'') {
          text.append('\'');
          i += 2;
          continue;
        }
        add(Token.Kind.STRING, text.toString(), at, i + 1);
        return;
      }
      if (c == '\\' && i + 1 < sql.length()) {
        i = escape(i + 1, text);
        continue;
      }
      text.append(c);
      i++;
    }
    throw Refusal.syntax(token(Token.Kind.STRING, "", at, sql.length()));
  }

  /**
   * Appends the character of the escape whose letter is at {@code i}; returns the offset after it.
   */
  private int escape(int i, StringBuilder text) {
    char c = sql.charAt(i);
    switch (c) {
      case 'b' -> text.append('\b');
      case 'f' -> text.append('\f');
      case 'n' -> text.append('\n');
      case 'r' -> text.append('\r');
      case 't' -> text.append('\t');
      case '0' -> text.append('\0');
      case 'x' -> {
        return hex(i, 2, text);
      }
      case 'u' -> {
        return hex(i, 4, text);
      }
      default -> text.append(c);
    }
    return i + 1;
  }

  private int hex(int i, int digits, StringBuilder text) {
    int end = i + 1 + digits;
    if (end > sql.length() || !sql.substring(i + 1, end).matches("[0-9a-fA-F]+")) {
      throw Refusal.syntax(token(Token.Kind.STRING, "", i - 1, i + 1));
    }
    text.append((char) Integer.parseInt(sql.substring(i + 1, end), 16));
    return end;
  }

  private void quoted() {
    int end = quotedEnd(at);
    add(Token.Kind.QUOTED, sql.substring(at + 1, end - 1).replace("\"\"", "\""), at, end);
  }

  private int quotedEnd(int from) {
    int i = from + 1;
    while (i < sql.length()) {
      if (sql.charAt(i) == '"') {
        if (i + 1 < sql.length() && sql.charAt(i + 1) == '"') {
          i += 2;
          continue;
        }
        if (i == from + 1) {
          break;
        }
        return i + 1;
      }
      i++;
    }
    throw Refusal.syntax(token(Token.Kind.QUOTED, "", from, Math.min(from + 2, sql.length())));
  }

  private void dollars() {
    int end = sql.indexOf("$$", at + 2);
    if (end < 0) {
      throw Refusal.syntax(token(Token.Kind.STRING, "$$", at, at + 2));
    }
    add(Token.Kind.STRING, sql.substring(at + 2, end), at, end + 2);
  }

  private void number() {
    int end = digits(at);
    if (end < sql.length() && sql.charAt(end) == '.') {
      end = digits(end + 1);
    }
    if (end < sql.length() && (sql.charAt(end) == 'e' || sql.charAt(end) == 'E')) {
      int exponent = end + 1;
      if (exponent < sql.length() && "+-".indexOf(sql.charAt(exponent)) >= 0) {
        exponent++;
      }
      int after = digits(exponent);
      end = after > exponent ? after : end;
    }
    add(Token.Kind.NUMBER, sql.substring(at, end), at, end);
  }

  private int digits(int from) {
    int end = from;
    while (end < sql.length() && isDigit(sql.charAt(end))) {
      end++;
    }
    return end;
  }

  /** A stage reference: names joined by dots, then a path up to a blank or punctuation. */
  private void stage() {
    int end = at + 1;
    while (end < sql.length()) {
      char c = sql.charAt(end);
      if (c == '"') {
        end = quotedEnd(end);
      } else if (isWordPart(c) || c == '.' || c == '~' || c == '%') {
        end++;
      } else {
        break;
      }
    }
    if (end < sql.length() && sql.charAt(end) == '/') {
      while (end < sql.length()
          && !Character.isWhitespace(sql.charAt(end))
          && "(),;'".indexOf(sql.charAt(end)) < 0) {
        end++;
      }
    }
    add(Token.Kind.STAGE, sql.substring(at, end), at, end);
  }

  private void add(Token.Kind kind, String text, int start, int end) {
    tokens.add(token(kind, text, start, end));
    advanceTo(end);
  }

  private Token token(Token.Kind kind, String text, int start, int end) {
    return new Token(kind, text, start, end, line, start - lineStart, sql.substring(start, end));
  }

  private void advanceTo(int end) {
    for (int i = at; i < end; i++) {
      if (sql.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    at = end;
  }

  private static boolean isWordStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isWordPart(char c) {
    return isWordStart(c) || isDigit(c) || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
