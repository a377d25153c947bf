package sparkjob;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import sparkjob.contract.JobDescription;
import sparkjob.contract.JobFailure;

/** The pipeline's own SQL: each query sees the views that were made before it. */
record Queries(SparkSession spark, SqlTexts texts) {
  /** What Spark's messages begin with where a query names a view that is not there. */
  private static final String NOT_FOUND = "[TABLE_OR_VIEW_NOT_FOUND]";

  /**
   * Makes the transform's views over the view {@code landed}.
   *
   * @return the rows that the transform makes
   * @throws JobFailure naming the query that Spark refuses
   */
  Dataset<Row> transform(JobDescription.Transform transform) {
    List<String> seen = new ArrayList<>(List.of("landed"));
    for (JobDescription.View view : transform.views()) {
      rows("transform.view." + view.name(), view.sql(), seen)
          .createOrReplaceTempView("`" + view.name() + "`");
      seen.add(view.name());
    }
    return rows("transform.sql", transform.sql(), seen);
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
   * @throws JobFailure if it is no query, or names what is not there
   */
  Dataset<Row> rows(String subject, JobDescription.Sql sql, List<String> seen) {
    try {
      // Spark's own parser of queries refuses commands, which spark.sql would run on the spot.
      CatalystSqlParser$.MODULE$.parseQuery(texts.text(sql));
      return spark.sql(texts.text(sql));
    } catch (Exception e) {
      // Scala declares no exceptions, so the compiler cannot know that Spark's AnalysisException is
      // thrown here.
      JobFailure failure = JobFailure.of(e);
      if (failure.getMessage().startsWith(NOT_FOUND)) {
        failure =
            failure.about(
                "it sees the views %s, in their order".formatted(String.join(", ", seen)));
      }
      throw failure.about(subject + place(sql));
    }
  }

  private static String place(JobDescription.Sql sql) {
    return sql instanceof JobDescription.StoredSql stored ? " (" + stored.uri() + ")" : "";
  }
}
