package configuration;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Spark SQL types one after the other from a text: {@code decimal(10,2)}, {@code
 * array<struct<sku:string,qty:int>>}.
 */
final class SparkType {

  private static final Pattern WORD = Pattern.compile("[A-Za-z_]+");
  private static final Pattern DIGITS = Pattern.compile("\\s*\\(([^)]*)\\)");
  private static final Pattern MEMBER =
      Pattern.compile("\\s*(`(?:[^`]++|``)++`|[A-Za-z0-9_]+)\\s*:");
  private static final Pattern SIMPLE =
      Pattern.compile(
          "tinyint|smallint|int|bigint|float|double|boolean|date|timestamp|timestamp_ntz|binary|string"
              + "|decimal\\(\\d{1,2},\\d{1,2}\\)");

  private final String written;
  private int at;

  SparkType(String written) {
    this.written = written;
  }

  /**
   * The type that comes next.
   *
   * @throws IllegalArgumentException whose message says what is wrong
   */
  String type() {
    int begin = at;
    String word = next(WORD).map(Matcher::group).orElse("").toLowerCase(Locale.ROOT);
    String type =
        switch (word) {
          case "array" -> "array<" + list(begin, 1).get(0) + ">";
          case "map" -> {
            List<String> parts = list(begin, 2);
            if (!parts.get(0).equals("string")) {
              throw refused(begin);
            }
            yield "map<string," + parts.get(1) + ">";
          }
          case "struct" -> "struct<" + String.join(",", members(begin)) + ">";
          default ->
              word + next(DIGITS).map(found -> "(" + found.group(1).strip() + ")").orElse("");
        };
    type = type.contains("<") ? type : type.replaceAll("\\s", "");
    if (!type.contains("<") && !SIMPLE.matcher(type).matches()) {
      throw refused(begin);
    }
    return type;
  }

  private List<String> list(int begin, int count) {
    List<String> types = new ArrayList<>();
    must('<', begin);
    for (int i = 0; i < count; i++) {
      if (i > 0) {
        must(',', begin);
      }
      skipSpaces();
      types.add(type());
    }
    must('>', begin);
    return types;
  }

  private List<String> members(int begin) {
    List<String> members = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    must('<', begin);
    do {
      Matcher name = next(MEMBER).orElseThrow(() -> refused(begin));
      String twin = names.put(name.group(1).toLowerCase(Locale.ROOT), name.group(1));
      if (twin != null) {
        throw new IllegalArgumentException(
            "has a struct with the members '%s' and '%s', which some readers of Parquet confuse; declare it string"
                .formatted(twin, name.group(1)));
      }
      skipSpaces();
      members.add(name.group(1) + ":" + type());
    } while (isNext(','));
    must('>', begin);
    return members;
  }

  /** What comes next, if it is that. */
  Optional<Matcher> next(Pattern pattern) {
    Matcher matcher = pattern.matcher(written).region(at, written.length());
    if (!matcher.lookingAt()) {
      return Optional.empty();
    }
    at = matcher.end();
    return Optional.of(matcher);
  }

  /** Passes over blanks, and over that character if it is next. */
  boolean isNext(char c) {
    skipSpaces();
    boolean isNext = at < written.length() && written.charAt(at) == c;
    at += isNext ? 1 : 0;
    return isNext;
  }

  boolean isAtEnd() {
    return at == written.length();
  }

  String rest() {
    return written.substring(at);
  }

  private void must(char c, int begin) {
    if (!isNext(c)) {
      throw refused(begin);
    }
  }

  private void skipSpaces() {
    while (at < written.length() && Character.isWhitespace(written.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException refused(int begin) {
    int end = Math.max(at, begin);
    while (end < written.length() && ", >".indexOf(written.charAt(end)) < 0) {
      end++;
    }
    return new IllegalArgumentException(
        "has the type '%s'; write string, int, bigint, double, decimal(p,s), boolean, date, timestamp, timestamp_ntz or binary, or struct<name:type,…>, array<type> or map<string,type> of them"
            .formatted(written.substring(begin, end).strip()));
  }
}
