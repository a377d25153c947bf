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
 * A user's own statement, with placeholders: {@code {table}} becomes the table's name, {@code
 * {path}}, {@code {run}}, {@code {pipeline}} and {@code {location}} become string constants. Each
 * is quoted here, so that nothing in it can change what the statement means.
 *
 * @param text with its placeholders
 */
public record OwnSql(String text) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z-]+)}");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<quoted>'(?:[^'\\\\]++|\\\\.|'')*+'|\"(?:[^\"]++|\"\")*+\"|\\$\\$.*?\\$\\$)"
              + "|(?<comment>--[^\\n]*|//[^\\n]*|/\\*.*?\\*/)"
              + "|(?<open>'|\"|\\$\\$|/\\*)"
              + "|.",
          Pattern.DOTALL);
  private static final Pattern OF_THE_SESSION =
      Pattern.compile(
          "(BEGIN|START|COMMIT|ROLLBACK|USE|SET|UNSET|ALTER\\s+SESSION)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final List<String> KNOWN = List.of("table", "path", "run", "pipeline", "location");

  /**
   * The statements of a text, separated by semicolons; one inside quotes, dollar quotes or a
   * comment does not separate.
   *
   * @throws IllegalArgumentException if a placeholder is unknown or inside quotes, a quote does not
   *     end, or a statement would change the session that other pipelines use too
   */
  public static List<OwnSql> parse(String script) {
    List<OwnSql> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    Matcher token = TOKEN.matcher(script);
    while (token.find()) {
      String text = token.group();
      if (token.group("open") != null) {
        throw new IllegalArgumentException("has a %s that nothing closes".formatted(text));
      }
      if (token.group("quoted") != null && PLACEHOLDER.matcher(text).find()) {
        throw new IllegalArgumentException(
            "has a placeholder inside quotes, %s; it brings its own".formatted(text));
      }
      if (text.equals(";")) {
        add(statements, statement.toString().strip());
        statement.setLength(0);
      } else if (token.group("comment") == null) {
        statement.append(text);
      } else {
        statement.append(' ');
      }
    }
    add(statements, statement.toString().strip());
    if (statements.isEmpty()) {
      throw new IllegalArgumentException("has no statement");
    }
    return statements;
  }

  private static void add(List<OwnSql> statements, String text) {
    if (text.isEmpty()) {
      return;
    }
    if (OF_THE_SESSION.matcher(text).lookingAt()) {
      throw new IllegalArgumentException(
          "has the statement '%s'; sessions are shared, and each statement commits by itself"
              .formatted(text));
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
