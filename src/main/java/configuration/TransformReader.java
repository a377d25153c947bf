package configuration;

import contract.JobDescription.Check;
import contract.JobDescription.Severity;
import contract.JobDescription.Transform;
import contract.JobDescription.View;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import warehouse.WarehouseSettings.FirstRows;

/** Reads a pipeline's own SQL: its views in their order, its query, and its checks. */
record TransformReader(Properties properties) {

  private static final String VIEWS = "transform.views";
  private static final String VIEW = "transform.view";
  private static final String QUERY = "transform.sql";
  private static final String QUERY_FILE = "transform.sql-file";
  private static final String ANSI = "transform.ansi";
  private static final String CHECKS = "checks";

  private static final String VIEW_NAME = "[A-Za-z_][A-Za-z0-9_]{0,63}";
  private static final String CHECK_NAME = "[A-Za-z0-9_][A-Za-z0-9_-]{0,63}";

  /** The views that the job creates itself. */
  private static final Set<String> OWN_VIEWS = Set.of("landed", "curated");

  /** The most rows of a check that are shown. */
  private static final int MOST_SHOWN = 5;

  /** The transform of the landed rows; empty: they are written as they are. */
  Optional<Transform> transform() {
    List<String> names = properties.parsed(VIEWS, TransformReader::names).orElse(List.of());
    List<View> views = new ArrayList<>();
    for (String name : names) {
      sql(VIEW + "." + name + ".sql", VIEW + "." + name + ".sql-file", true)
          .ifPresent(source -> views.add(new View(name, source.text(), source.uri())));
    }
    refuseViewsWithoutAPlace(names);
    Optional<SqlSource> query = sql(QUERY, QUERY_FILE, !names.isEmpty());
    Optional<Boolean> ansi = properties.flag(ANSI);
    properties.refuse(
        ansi.equals(Optional.of(false)) && query.isEmpty(),
        ANSI,
        "is false, and there is no %s for it".formatted(QUERY));
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
    int shown = Math.min(MOST_SHOWN, firstRows.count());
    List<String> masked = firstRows.masked().stream().sorted().toList();
    List<Check> checks = new ArrayList<>();
    for (String name : names) {
      String property = CHECKS + "." + name;
      properties.refuse(
          !name.matches(CHECK_NAME),
          property,
          "has a name that is not of 1 to 64 letters, digits, dashes and underscores");
      Optional<SqlSource> sql = sql(property, property + ".sql-file", true);
      Severity severity = properties.oneOf(property + ".severity", Severity.FAIL);
      sql.ifPresent(
          source ->
              checks.add(new Check(name, source.text(), source.uri(), severity, shown, masked)));
    }
    return checks;
  }

  /** The value of one of the two properties; a reported problem gives an empty text. */
  private Optional<SqlSource> sql(String property, String fileProperty, boolean isNeeded) {
    Optional<SqlSource> written =
        properties.text(property).map(text -> new SqlSource(Optional.of(text), Optional.empty()));
    boolean isInFile = properties.isSet(fileProperty);
    Optional<SqlSource> inFile =
        properties
            .parsed(fileProperty, SqlSource::file)
            .or(() -> isInFile ? Optional.of(SqlSource.NONE) : Optional.empty());
    properties.refuse(
        written.isPresent() && isInFile,
        property,
        "and %s are both set; keep one".formatted(fileProperty));
    properties.refuse(
        isNeeded && written.isEmpty() && !isInFile,
        property,
        "is not set; write one query of Spark SQL, or name a file that has it with "
            + fileProperty);
    return written.or(() -> inFile);
  }

  private void refuseViewsWithoutAPlace(List<String> names) {
    for (String below : properties.below(VIEW)) {
      String name = below.replaceAll("\\..*", "");
      properties.refuse(
          !names.contains(name) && properties.raw(VIEW + "." + below).isPresent(),
          VIEW + "." + below,
          "is of a view that %s does not have; that property names the views in their order"
              .formatted(VIEWS));
    }
  }

  private static List<String> names(String written) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new TreeSet<>(OWN_VIEWS);
    for (String part : written.split(",", -1)) {
      String name = part.trim();
      if (!name.matches(VIEW_NAME)) {
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
