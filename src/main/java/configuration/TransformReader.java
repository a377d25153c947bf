package configuration;

import contract.JobDescription.Check;
import contract.JobDescription.Severity;
import contract.JobDescription.Transform;
import contract.JobDescription.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import pipeline.SqlSource;
import warehouse.WarehouseSettings.FirstRows;

/** Reads a pipeline's own SQL: its views in their order, its query, and its checks. */
final class TransformReader {

  private static final String VIEWS = "transform.views";
  private static final String VIEW = "transform.view";
  private static final String QUERY = "transform.sql";
  private static final String QUERY_FILE = "transform.sql-file";
  private static final String ANSI = "transform.ansi";
  private static final String CHECKS = "checks";

  private static final Pattern VIEW_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");
  private static final Pattern CHECK_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,63}");

  /** The views that the job creates itself. */
  private static final Set<String> OWN_VIEWS = Set.of("landed", "curated");

  /** The most rows of a check that are shown. */
  private static final int MOST_SHOWN = 5;

  private final Properties properties;

  TransformReader(Properties properties) {
    this.properties = properties;
  }

  /** The transform of the landed rows; empty: they are written as they are. */
  Optional<Transform> transform() {
    List<String> names = properties.parsed(VIEWS, TransformReader::names).orElse(List.of());
    List<View> views = new ArrayList<>();
    for (String name : names) {
      String property = VIEW + "." + name;
      Optional<SqlSource> sql = sql(property + ".sql", property + ".sql-file");
      if (sql.isEmpty()) {
        missing(property + ".sql", property + ".sql-file");
      }
      sql.ifPresent(source -> views.add(new View(name, source.text(), source.uri())));
    }
    refuseViewsWithoutAPlace(names);
    Optional<SqlSource> query = sql(QUERY, QUERY_FILE);
    if (query.isEmpty() && !names.isEmpty()) {
      missing(QUERY, QUERY_FILE);
    }
    Optional<Boolean> ansi = properties.oneOf(ANSI, Map.of("true", true, "false", false));
    if (ansi.equals(Optional.of(false)) && query.isEmpty()) {
      properties.problem(ANSI, "is false, and there is no %s for it".formatted(QUERY));
    }
    return query.map(source -> new Transform(views, source.text(), source.uri(), ansi));
  }

  /**
   * The checks, in the order of their names.
   *
   * @param firstRows how much of the pipeline's rows may be shown
   */
  List<Check> checks(FirstRows firstRows) {
    Set<String> names = new TreeSet<>();
    properties.below(CHECKS).forEach(below -> names.add(below.replaceAll("\\..*", "")));
    List<Check> checks = new ArrayList<>();
    for (String name : names) {
      String property = CHECKS + "." + name;
      if (!CHECK_NAME.matcher(name).matches()) {
        properties.problem(
            property, "has a name that is not of 1 to 64 letters, digits, dashes and underscores");
      }
      Optional<SqlSource> sql = sql(property, property + ".sql-file");
      if (sql.isEmpty()) {
        missing(property, property + ".sql-file");
      }
      Severity severity =
          properties
              .oneOf(property + ".severity", Map.of("fail", Severity.FAIL, "warn", Severity.WARN))
              .orElse(Severity.FAIL);
      sql.ifPresent(
          source ->
              checks.add(
                  new Check(
                      name,
                      source.text(),
                      source.uri(),
                      severity,
                      Math.min(MOST_SHOWN, firstRows.count()),
                      firstRows.masked().stream().sorted().toList())));
    }
    return checks;
  }

  /** The value of one of the two properties; a reported problem gives an empty text. */
  private Optional<SqlSource> sql(String property, String fileProperty) {
    Optional<SqlSource> written =
        properties.text(property).map(text -> new SqlSource(Optional.of(text), Optional.empty()));
    boolean isInFile = properties.text(fileProperty).isPresent();
    Optional<SqlSource> inFile =
        properties
            .parsed(fileProperty, SqlSource::file)
            .or(() -> isInFile ? Optional.of(SqlSource.NONE) : Optional.empty());
    if (written.isPresent() && isInFile) {
      properties.problem(property, "and %s are both set; keep one".formatted(fileProperty));
    }
    return written.or(() -> inFile);
  }

  private void missing(String property, String fileProperty) {
    properties.problem(
        property,
        "is not set; write one query of Spark SQL, or name a file that has it with "
            + fileProperty);
  }

  private void refuseViewsWithoutAPlace(List<String> names) {
    for (String below : properties.below(VIEW)) {
      String name = below.replaceAll("\\..*", "");
      if (!names.contains(name) && properties.raw(VIEW + "." + below).isPresent()) {
        properties.problem(
            VIEW + "." + below,
            "is of a view that %s does not have; that property names the views in their order"
                .formatted(VIEWS));
      }
    }
  }

  private static List<String> names(String written) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new TreeSet<>(OWN_VIEWS);
    for (String part : written.split(",", -1)) {
      String name = part.trim();
      if (!VIEW_NAME.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "has '%s'; write names of up to 64 letters, digits and underscores with commas between them, for instance cleaned, daily"
                .formatted(name));
      }
      if (!taken.add(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(
            "has '%s', which is another view's name (landed and curated are the job's own); give each its own, not in upper and lower case alone"
                .formatted(name));
      }
      names.add(name);
    }
    return List.copyOf(names);
  }
}
