package warehouse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import run.RunId;

/**
 * A statement of the user's own, with placeholders: {@code {table}} becomes the table's name,
 * {@code {path}}, {@code {run}}, {@code {pipeline}} and {@code {location}} become string constants.
 * Each is quoted here, so that nothing in it can change what the statement means.
 *
 * @param text with its placeholders
 */
public record OwnSql(String text) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");
  private static final List<String> KNOWN = List.of("table", "path", "run", "pipeline", "location");

  /**
   * The statements of a text in which semicolons stand between them; one inside quotes does not.
   *
   * @throws IllegalArgumentException if a placeholder is unknown, or a quote does not end
   */
  public static List<OwnSql> parse(String script) {
    List<OwnSql> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    char quote = 0;
    for (int i = 0; i < script.length(); i++) {
      char c = script.charAt(i);
      if (quote == 0 && c == ';') {
        add(statements, statement);
        statement.setLength(0);
        continue;
      }
      if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == quote) {
        quote = 0;
      }
      statement.append(c);
    }
    if (quote != 0) {
      throw new IllegalArgumentException("has a %c that nothing closes".formatted(quote));
    }
    add(statements, statement);
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("has no statement");
    }
    return statements;
  }

  private static void add(List<OwnSql> statements, StringBuilder statement) {
    String text = statement.toString().strip();
    if (text.isEmpty()) {
      return;
    }
    TreeSet<String> unknown =
        new TreeSet<>(PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).toList());
    unknown.removeAll(KNOWN);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "has the placeholder {%s}; known are {%s}"
              .formatted(unknown.first(), String.join("}, {", KNOWN)));
    }
    statements.add(new OwnSql(text));
  }

  /** The statement for one run. */
  String filled(ExternalTable table, String pipeline, RunId run, String outputPath) {
    Map<String, String> values =
        Map.of(
            "table", table.name().sql(),
            "path", Literal.of(outputPath),
            "run", Literal.of(run.value()),
            "pipeline", Literal.of(pipeline),
            "location", Literal.of(table.location()));
    return PLACEHOLDER
        .matcher(text)
        .replaceAll((MatchResult found) -> Matcher.quoteReplacement(values.get(found.group(1))));
  }
}
