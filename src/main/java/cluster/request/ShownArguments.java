package cluster.request;

import cluster.diagnosis.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hides the secrets among the arguments of commands, and in other values that people may see. It
 * hides too much rather than too little: what follows an option, or stands behind a name, that
 * sounds like a secret; a password behind a user's name; and what else looks like a credential.
 */
public final class ShownArguments {

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(secret|passw|pwd|passphrase|token|credential|signature|private[._-]?key|(access|api|account)[._-]?key).*");

  /** What has such a name says where a secret is. */
  private static final Pattern PLACE = Pattern.compile(".*-(file|url)");

  private static final Pattern OPTION = Pattern.compile("--?[A-Za-z][\\w.-]*");

  /** {@code --key} alone is common for what no API calls a key. */
  private static final Pattern KEY = Pattern.compile("(?i).*key.*");

  private static final Pattern PAIR = Pattern.compile("([^=/]+)=(.+)", Pattern.DOTALL);

  /** curl's manual, {@code --user} and {@code --proxy-user}: {@code <user:password>}. */
  private static final Pattern SIGN_IN_OPTION = Pattern.compile("-u|-U|--user|--proxy-user");

  private static final Pattern SIGN_IN = Pattern.compile("[^:]*:(.+)", Pattern.DOTALL);
  private static final Pattern OPTION_WITH_SIGN_IN =
      Pattern.compile("(?:-u|-U|--user=|--proxy-user=)[^:=]+:(.+)", Pattern.DOTALL);

  /** A signature or a key in a URL's query. */
  private static final Pattern QUERY =
      Pattern.compile("(?i)([?&;][^=&;\\s]*(?:sig|auth|key|code)[^=&;\\s]*=)[^&;\\s\"']+");

  private static final Pattern WORD = Pattern.compile("(?:\"[^\"]*+\"|'[^']*+'|\\S)++");

  private ShownArguments() {}

  /** Whether the value of a property, an option or a member of this name is a secret. */
  public static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).matches() && !PLACE.matcher(name).matches();
  }

  /**
   * The arguments of a command.
   *
   * @param mask stands in place of each secret
   */
  public static List<String> of(List<String> arguments, String mask) {
    List<String> shown = new ArrayList<>();
    String before = "";
    for (String argument : arguments) {
      shown.add(
          secret(before, argument)
              .map(secret -> without(argument, secret, mask))
              .orElseGet(() -> of(argument, mask)));
      before = argument;
    }
    return shown;
  }

  /**
   * A text that may be a command, or have one in quotation marks.
   *
   * @param mask stands in place of each secret
   */
  public static String of(String text, String mask) {
    String masked =
        QUERY.matcher(Secrets.masked(text, mask)).replaceAll("$1" + Matcher.quoteReplacement(mask));
    StringBuilder shown = new StringBuilder();
    Matcher words = WORD.matcher(masked);
    String before = "";
    while (words.find()) {
      String word = words.group();
      String argument = word.replaceAll("[\"']", "");
      words.appendReplacement(
          shown,
          Matcher.quoteReplacement(
              secret(before, argument)
                  .map(secret -> without(argument, secret, mask))
                  .orElseGet(() -> quoted(word, argument, mask))));
      before = argument;
    }
    return words.appendTail(shown).toString();
  }

  private static String quoted(String word, String argument, String mask) {
    boolean isCommand = argument.length() == word.length() - 2 && argument.contains(" ");
    return isCommand ? word.charAt(0) + of(argument, mask) + word.charAt(word.length() - 1) : word;
  }

  private static String without(String argument, String secret, String mask) {
    return argument.substring(0, argument.length() - secret.length()) + mask;
  }

  /**
   * The end of an argument that is a secret.
   *
   * @param before the argument before it, empty for the first
   */
  static Optional<String> secret(String before, String argument) {
    if (OPTION.matcher(before).matches()
        && (isSecret(before) || KEY.matcher(before).matches())
        && !argument.isEmpty()) {
      return Optional.of(argument);
    }
    Matcher signIn =
        (SIGN_IN_OPTION.matcher(before).matches() ? SIGN_IN : OPTION_WITH_SIGN_IN)
            .matcher(argument);
    if (signIn.matches()) {
      return Optional.of(signIn.group(1));
    }
    Matcher pair = PAIR.matcher(argument);
    return pair.matches() && isSecret(pair.group(1))
        ? Optional.of(pair.group(2))
        : Optional.empty();
  }
}
