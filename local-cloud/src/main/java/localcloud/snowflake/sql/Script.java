package localcloud.snowflake.sql;

import java.util.ArrayList;
import java.util.List;

/** A text of several statements, as an administrator runs it. */
public final class Script {

  private Script() {}

  /**
   * The statements between semicolons, in order, without those semicolons.
   *
   * @throws Refusal 001003 when a quote or comment is not closed
   */
  public static List<String> statements(String text) {
    List<String> statements = new ArrayList<>();
    int start = -1;
    int end = 0;
    for (Token token : Tokenizer.tokens(text)) {
      boolean ends = token.isSymbol(";") || token.kind() == Token.Kind.END;
      if (ends && start >= 0) {
        statements.add(text.substring(start, end));
        start = -1;
      } else if (!ends) {
        start = start < 0 ? token.start() : start;
        end = token.end();
      }
    }
    return statements;
  }
}
