package localcloud.snowflake.sql;

import java.util.Locale;

/**
 * One token of a statement.
 *
 * @param kind what it is
 * @param text its meaning: a word in upper case, a quoted identifier or a string without its quotes
 *     and escapes, everything else as written
 * @param start offset of its first character in the statement
 * @param end offset after its last character
 * @param line counted from 1
 * @param column counted from 0, as Snowflake's messages do
 * @param source as written
 */
public record Token(
    Kind kind, String text, int start, int end, int line, int column, String source) {

  /** Kinds of token. */
  public enum Kind {
    /** An unquoted identifier or keyword. */
    WORD,
    /** An identifier in double quotes. */
    QUOTED,
    /** A string literal, in single quotes or between double dollars. */
    STRING,
    /** A number without sign. */
    NUMBER,
    /** A stage and path, from its at sign to its end. */
    STAGE,
    /** The question mark of a bind, or {@code :1}. */
    BIND,
    /** Punctuation, longest first: {@code ::}, {@code =>}, {@code <=} … */
    SYMBOL,
    /** After the last token. */
    END
  }

  /** Whether this is the given keyword, in any case, unquoted. */
  public boolean isWord(String keyword) {
    return kind == Kind.WORD && text.equals(keyword.toUpperCase(Locale.ROOT));
  }

  /** Whether this is the given punctuation. */
  public boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
