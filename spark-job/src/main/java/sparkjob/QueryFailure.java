package sparkjob;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import sparkjob.failure.JobFailure;

/** Distinguishes failures of the pipeline's own SQL from those of Spark and of the cluster. */
final class QueryFailure {
  /**
   * Classes of SQLSTATE that say that a query, or a value that it met, is at fault: a data
   * exception, cardinality, syntax and names, what is not supported, what a routine or the query
   * itself raised.
   *
   * @see <a
   *     href="https://spark.apache.org/docs/latest/sql-error-conditions-sqlstates.html">SQLSTATE
   *     codes</a>
   */
  private static final Set<String> OF_QUERIES = Set.of("21", "22", "42", "0A", "38", "39", "P0");

  private static final String DATA_EXCEPTION = "22";

  /** Advice of Spark that no pipeline can follow: the job sets this itself. */
  private static final Pattern ANSI_ADVICE =
      Pattern.compile(
          " ?If necessary,? set \"?spark\\.sql\\.ansi\\.enabled\"? to \"?false\"?[^.]*\\.");

  /** Expressions that are no SparkThrowable, as raise_error in Spark 3.5. */
  private static final String EXPRESSIONS = "org.apache.spark.sql.catalyst.";

  private QueryFailure() {}

  /**
   * The failure of a query, if it is one.
   *
   * @param queries the queries that may be at fault, by name
   */
  static Optional<JobFailure> of(Throwable thrown, Map<String, String> queries) {
    List<Throwable> causes = JobFailure.causes(thrown);
    if (queries.isEmpty() || causes.stream().anyMatch(JobFailure.class::isInstance)) {
      return Optional.empty();
    }
    for (int i = causes.size() - 1; i >= 0; i--) {
      Throwable cause = causes.get(i);
      if (isOfQuery(cause) || (i == causes.size() - 1 && isThrownByExpression(cause))) {
        String told = JobFailure.firstLine(cause);
        String wayOut = isOfValue(cause) ? wayOut(queries) : "";
        String message = ANSI_ADVICE.matcher(told).replaceAll("") + wayOut;
        return Optional.of(
            JobFailure.userCode(message).about(subject(cause, queries)).causedBy(thrown));
      }
    }
    return Optional.empty();
  }

  /** A pipeline without a transform has no {@code transform.ansi} to set. */
  private static String wayOut(Map<String, String> queries) {
    return queries.keySet().stream().anyMatch(name -> name.startsWith("transform"))
        ? "; a try_ function, or the pipeline's transform.ansi=false, gives null"
        : "; a try_ function gives null";
  }

  private static boolean isOfQuery(Throwable cause) {
    String state = sqlState(cause);
    return cause instanceof AnalysisException
        || (state.length() > 2 && OF_QUERIES.contains(state.substring(0, 2)));
  }

  private static boolean isOfValue(Throwable cause) {
    return sqlState(cause).startsWith(DATA_EXCEPTION);
  }

  private static String sqlState(Throwable cause) {
    String state = cause instanceof SparkThrowable spark ? spark.getSqlState() : null;
    return state == null ? "" : state;
  }

  private static boolean isThrownByExpression(Throwable root) {
    StackTraceElement[] trace = root.getStackTrace();
    return root instanceof RuntimeException
        && trace.length > 0
        && trace[0].getClassName().startsWith(EXPRESSIONS);
  }

  /** The query with the part that Spark names; all of them if it names none. */
  private static String subject(Throwable cause, Map<String, String> queries) {
    if (cause instanceof SparkThrowable spark
        && isOfValue(cause)
        && spark.getQueryContext() != null) {
      for (QueryContext context : spark.getQueryContext()) {
        String part = context.fragment();
        List<String> having =
            queries.keySet().stream().filter(name -> queries.get(name).contains(part)).toList();
        if (!part.isEmpty() && !having.isEmpty()) {
          return "%s (%s)".formatted(String.join(" or ", having), part);
        }
      }
    }
    return String.join(" or ", queries.keySet());
  }
}
