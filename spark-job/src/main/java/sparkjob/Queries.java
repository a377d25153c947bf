package sparkjob;

import contract.JobDescription;
import contract.JobDescription.Query;
import contract.JobDescription.Transform;
import contract.JobDescription.View;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import sparkjob.failure.JobFailure;

/** The pipeline's own SQL: each query sees the views that were made before it. */
record Queries(SparkSession spark, SqlTexts texts) {
  /** The beginning of Spark's messages if a query names a missing view. */
  private static final String NOT_FOUND = "[TABLE_OR_VIEW_NOT_FOUND]";

  /** A semicolon followed only by blanks and comments. */
  private static final Pattern LAST_SEMICOLON =
      Pattern.compile(
          ";(?=(?:\\s|--[^\\n]*(?:\\n|\\z)|/\\*(?:(?!\\*/).)*\\*/)*\\z)", Pattern.DOTALL);

  /**
   * Creates the transform's views over the view {@code landed}.
   *
   * @return the rows of the transform
   * @throws JobFailure naming the query that Spark refuses
   */
  Dataset<Row> transform(Transform transform) {
    List<String> seen = new ArrayList<>(List.of("landed"));
    for (View view : transform.views()) {
      rows(subject(view), view, seen).createOrReplaceTempView("`" + view.name() + "`");
      seen.add(view.name());
    }
    return rows("transform.sql", transform, seen);
  }

  /** The views that a check may name. */
  static List<String> views(JobDescription job) {
    List<String> views = new ArrayList<>(List.of("landed"));
    job.transform()
        .ifPresent(transform -> transform.views().forEach(view -> views.add(view.name())));
    views.add("curated");
    return views;
  }

  /**
   * The rows of one query.
   *
   * @param subject what it is, for messages
   * @param seen the views that it may name
   * @throws JobFailure if it is no query, or names something that does not exist
   */
  Dataset<Row> rows(String subject, Query query, List<String> seen) {
    String text = texts.text(query);
    try {
      return spark.sql(query(text));
    } catch (Exception e) {
      // Scala declares no exceptions, so the compiler cannot know that Spark's AnalysisException is
      // thrown here.
      List<Throwable> causes = JobFailure.causes(e);
      String told = JobFailure.firstLine(causes.get(causes.size() - 1));
      String hint =
          told.startsWith(NOT_FOUND)
              ? ": it sees the views %s, in their order".formatted(String.join(", ", seen))
              : "";
      String name = subject + place(query) + hint;
      throw QueryFailure.of(e, Map.of(name, text)).orElseGet(() -> JobFailure.of(e).about(name));
    }
  }

  /**
   * The text without a semicolon at its end, which Spark 4's parser of queries does not accept.
   * That parser refuses commands, which spark.sql would execute at once.
   */
  private static String query(String text) {
    try {
      CatalystSqlParser$.MODULE$.parseQuery(text);
      return text;
    } catch (Exception e) {
      // Scala declares no exceptions.
      String without = LAST_SEMICOLON.matcher(text).replaceFirst("");
      if (without.equals(text)) {
        throw e;
      }
      CatalystSqlParser$.MODULE$.parseQuery(without);
      return without;
    }
  }

  /** The failure of a query whose rows Spark could not make, if the query is at fault. */
  Optional<JobFailure> blame(Throwable thrown, String subject, Query query) {
    return QueryFailure.of(thrown, Map.of(subject + place(query), texts.text(query)));
  }

  /** The same for the queries of a transform, which Spark runs together. */
  Optional<JobFailure> blame(Throwable thrown, Transform transform) {
    Map<String, String> written = new LinkedHashMap<>();
    written.put("transform.sql" + place(transform), texts.text(transform));
    for (View view : transform.views()) {
      written.put(subject(view) + place(view), texts.text(view));
    }
    return QueryFailure.of(thrown, written);
  }

  private static String subject(View view) {
    return "transform.view." + view.name();
  }

  private static String place(Query query) {
    return query.uri().map(uri -> " (" + uri + ")").orElse("");
  }
}
