package cluster.step;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts in which {@code {run}} stands for a value, and a doubled brace is a brace. */
final class Placeholders {

  private static final Pattern BRACES = Pattern.compile("\\{\\{|}}|\\{([a-z]{1,20})}|[{}]");

  private Placeholders() {}

  /**
   * The text with the values in it.
   *
   * @param text one that has no {@link #problem}
   */
  static String filled(String text, StepValues values) {
    Map<String, String> byName = values.byName();
    return BRACES
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(replacement(found, byName)));
  }

  static List<String> filled(List<String> texts, StepValues values) {
    return texts.stream().map(text -> filled(text, values)).toList();
  }

  private static String replacement(MatchResult found, Map<String, String> byName) {
    return found.group(1) == null ? found.group().substring(1) : byName.get(found.group(1));
  }

  /** The mistakes in the braces of a text; quotes only the names of placeholders. */
  static Optional<String> problem(String text) {
    return BRACES
        .matcher(text)
        .results()
        .flatMap(found -> problem(found).stream())
        .findFirst()
        .map(
            problem ->
                "%s; known are %s, and a brace itself is written twice"
                    .formatted(
                        problem,
                        StepValues.NAMES.stream()
                            .map("{%s}"::formatted)
                            .collect(Collectors.joining(", "))));
  }

  private static Optional<String> problem(MatchResult found) {
    if (found.group(1) != null) {
      return StepValues.NAMES.contains(found.group(1))
          ? Optional.empty()
          : Optional.of("has the unknown placeholder " + found.group());
    }
    return found.group().length() == 2
        ? Optional.empty()
        : Optional.of(
            "has a single brace at character %d, which belongs to no placeholder"
                .formatted(found.start() + 1));
  }
}
