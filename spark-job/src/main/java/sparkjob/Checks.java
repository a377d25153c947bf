package sparkjob;

import contract.JobDescription;
import contract.JobResult;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import sparkjob.failure.JobFailure;

/**
 * Checks of the rows before they may be loaded: queries that must find none. Each runs once, counts
 * the rows that it finds, and keeps the first of them.
 *
 * @param seen the views that they may name
 */
record Checks(Queries queries, List<JobDescription.Check> checks, List<String> seen) {
  private static final int MOST_CHARACTERS = 500;
  private static final String MASK = "***";

  /**
   * Lets Spark analyse them without running them.
   *
   * @throws JobFailure naming the one that it refuses
   */
  void prepare() {
    checks.forEach(check -> queries.rows(subject(check), check, seen));
  }

  /**
   * Runs one.
   *
   * @throws JobFailure if it cannot be run
   */
  JobResult.Checked run(JobDescription.Check check) {
    Dataset<Row> found = queries.rows(subject(check), check, seen);
    try {
      List<String> counted =
          texts(found, check.masked())
              .mapPartitions(counting(check.show()), Encoders.STRING())
              .collectAsList();
      long violations = 0;
      List<String> first = new ArrayList<>();
      for (String line : counted) {
        if (line.startsWith("{")) {
          first.add(line);
        } else {
          violations += Long.parseLong(line);
        }
      }
      return new JobResult.Checked(
          check.name(),
          check.severity(),
          violations,
          first.stream().limit(check.show()).map(Checks::shortened).toList());
    } catch (Exception e) {
      // Scala declares no exceptions.
      throw queries
          .blame(e, subject(check), check)
          .orElseGet(() -> JobFailure.of(e).about(subject(check)));
    }
  }

  /**
   * The common failure of all checks of severity fail.
   *
   * @param found by all checks
   * @throws JobFailure if one of them found something
   */
  static void judge(List<JobResult.Checked> found) {
    List<String> violated =
        found.stream().filter(JobResult.Checked::forbidsLoad).map(Checks::told).toList();
    if (!violated.isEmpty()) {
      throw JobFailure.data(String.join("; ", violated), List.of());
    }
  }

  private static String told(JobResult.Checked found) {
    String rows =
        found.firstRows().isEmpty()
            ? ""
            : ", the first of them " + String.join(", ", found.firstRows());
    return "checks.%s must find no rows and found %d%s"
        .formatted(found.name(), found.violations(), rows);
  }

  private static String subject(JobDescription.Check check) {
    return "checks." + check.name();
  }

  /** Each row as JSON in one line, whatever its texts contain. */
  private static Dataset<String> texts(Dataset<Row> rows, List<String> masked) {
    Set<String> names =
        masked.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < rows.columns().length; i++) {
      columns.add("c" + i);
    }
    // Two columns of a query may have one name.
    Dataset<Row> numbered = rows.toDF(columns.toArray(String[]::new));
    Column[] shown = new Column[columns.size()];
    for (int i = 0; i < shown.length; i++) {
      String name = rows.columns()[i];
      boolean isMasked = names.contains(name.toLowerCase(Locale.ROOT));
      shown[i] = (isMasked ? functions.lit(MASK) : functions.col(columns.get(i))).as(name);
    }
    return numbered
        .select(
            functions.to_json(
                functions.struct(shown), java.util.Map.of("ignoreNullFields", "false")))
        .as(Encoders.STRING());
  }

  /** The first rows of each partition, and their number. */
  private static MapPartitionsFunction<String, String> counting(int show) {
    return rows -> count(rows, show);
  }

  private static Iterator<String> count(Iterator<String> rows, int show) {
    List<String> lines = new ArrayList<>();
    long count = 0;
    while (rows.hasNext()) {
      String row = rows.next();
      count++;
      if (count <= show) {
        lines.add(row);
      }
    }
    if (count > 0) {
      lines.add(String.valueOf(count));
    }
    return lines.iterator();
  }

  private static String shortened(String row) {
    return row.length() <= MOST_CHARACTERS ? row : row.substring(0, MOST_CHARACTERS) + "…";
  }
}
