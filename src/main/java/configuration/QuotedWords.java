package configuration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a list of words, separated by blanks. A text in double quotes is one word, or part of one,
 * with its blanks; a quote within quotes is doubled.
 */
final class QuotedWords {

  private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"]++|\"\")*+)\"");
  private static final Pattern WORD =
      Pattern.compile("(?:[^\\p{javaWhitespace}\"]++|%s)++".formatted(QUOTED));

  private QuotedWords() {}

  /**
   * The words.
   *
   * @throws IllegalArgumentException if quotes are not closed
   */
  static List<String> parse(String written) {
    if (QUOTED.matcher(written).replaceAll("").contains("\"")) {
      throw new IllegalArgumentException("has a double quote that is not closed");
    }
    return WORD.matcher(written).results().map(word -> unquoted(word.group())).toList();
  }

  private static String unquoted(String word) {
    return QUOTED
        .matcher(word)
        .replaceAll(quoted -> Matcher.quoteReplacement(quoted.group(1).replace("\"\"", "\"")));
  }
}
