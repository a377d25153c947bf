package cluster.diagnosis;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Masks possible secrets. It masks too much rather than too little; a secret is never the reason
 * for a failure.
 */
public final class Secrets {

  private static final String MASK = "****";

  private static final String VALUE = "(?:\"[^\"]*+\"?|'[^']*+'?|[^\\s&,;)}\\]]++)";

  private record Rule(Pattern pattern, String replacement) {}

  private static final List<Rule> RULES =
      List.of(
          // AWS Identity and Access Management User Guide, "IAM identifiers": unique ID prefixes.
          rule("\\b(AKIA|ASIA)[A-Z0-9]{12,}", "$1" + MASK),
          // An S3 URI has no port, so the text between a colon and an at sign is a key.
          rule("(?i)\\b(s3[an]?://)[^\\s@/:]++:[^\\s@]++@", "$1" + MASK + "@"),
          rule("(://)[^\\s/@?#]++@", "$1" + MASK + "@"),
          rule("(?i)\\b(Bearer|Basic)\\s+[A-Za-z0-9+/=._~-]{8,}", "$1 " + MASK),
          rule(
              "(?i)((?:password|passwd|pwd|passphrase|secret|token|signature|credential"
                  + "|(?:access|api|private|account)[._-]?key)[\\w.-]*+[\"']?\\s*=\\s*)"
                  + VALUE,
              "$1" + MASK),
          rule(
              "(?i)([\"'][\\w.-]*(?:password|passwd|pwd|passphrase|secret|token|signature"
                  + "|credential|(?:access|api|private|account)[._-]?key)[\\w.-]*[\"']\\s*:\\s*)"
                  + VALUE,
              "$1" + MASK),
          // Not `InvalidToken: …`, which is the name of an exception.
          rule(
              "(?i)((?<![a-z])(?:password|passwd|pwd|passphrase|secret|token"
                  + "|secret[._-]?(?:access)?[._-]?key|(?:session|security)[._-]?token"
                  + "|(?:access|api|private|account)[._-]?key)\\s*:\\s+)"
                  + VALUE,
              "$1" + MASK));

  private Secrets() {}

  private static Rule rule(String pattern, String replacement) {
    return new Rule(Pattern.compile(pattern), replacement);
  }

  static String masked(String text) {
    String result = text;
    for (Rule rule : RULES) {
      result = rule.pattern().matcher(result).replaceAll(rule.replacement());
    }
    return result;
  }

  /** The text with that word in place of each possible secret. */
  public static String masked(String text, String word) {
    return masked(text).replace(MASK, word);
  }
}
