package configuration;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a list of words, separated by blanks. A text in double quotes is one word, or part of one,
 * with its blanks; a quote within quotes is doubled.
 */
final class QuotedWords {

  private QuotedWords() {}

  /**
   * The words.
   *
   * @throws IllegalArgumentException if quotes are not closed
   */
  static List<String> parse(String written) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean isWord = false;
    boolean isQuoted = false;
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == '"') {
        boolean isTwice = isQuoted && written.startsWith("\"\"", i);
        if (isTwice) {
          word.append(c);
          i++;
        } else {
          isQuoted = !isQuoted;
          isWord = true;
        }
      } else if (Character.isWhitespace(c) && !isQuoted) {
        if (isWord) {
          words.add(word.toString());
        }
        word.setLength(0);
        isWord = false;
      } else {
        word.append(c);
        isWord = true;
      }
    }
    if (isQuoted) {
      throw new IllegalArgumentException("has a double quote that is not closed");
    }
    if (isWord) {
      words.add(word.toString());
    }
    return words;
  }
}
