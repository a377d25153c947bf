package web;

import java.util.Locale;

/**
 * Why something failed: a message of the service in the few words that name it, and the rest.
 *
 * @param headline what comes before the first semicolon that is not in brackets
 * @param details the rest, empty if there is none
 */
record Cause(String headline, String details) {

  /** A shorter text is part of too many others. */
  private static final int LEAST_REPEATED = 16;

  static Cause of(String message) {
    int depth = 0;
    for (int i = 0; i < message.length(); i++) {
      char at = message.charAt(i);
      if (at == '(') {
        depth++;
      } else if (at == ')') {
        depth--;
      } else if (at == ';' && depth <= 0) {
        return new Cause(message.substring(0, i), message.substring(i + 1).strip());
      }
    }
    return new Cause(message, "");
  }

  /** Whether another text, such as a line of a log, says the same once more. */
  boolean isRepeatedIn(String text) {
    String said = plain(text);
    return headline.length() >= LEAST_REPEATED && said.contains(plain(headline));
  }

  private static String plain(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
  }
}
