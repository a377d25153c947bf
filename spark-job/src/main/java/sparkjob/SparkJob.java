package sparkjob;

import contract.ContractJson;
import contract.JobDescription;
import contract.JobResult;
import contract.Manifest;
import java.io.IOException;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import sparkjob.cluster.Storage;
import sparkjob.failure.JobFailure;

/**
 * The main class for {@code spark-submit}. Arguments: the URIs of the manifest and of the job
 * description.
 *
 * <p>It ends with one line on standard error that reports the outcome. A failure is thrown out of
 * {@link #main}, so that both of spark-submit's deploy modes notice it: its exit code is then not
 * 0, and YARN shows the message.
 */
public final class SparkJob {

  private SparkJob() {}

  /**
   * Runs one attempt.
   *
   * @throws JobFailure if it fails; the result file says the same where its URI is known
   */
  public static void main(String[] args) {
    if (args.length != 2) {
      throw JobFailure.userCode(
          "Cannot start: the arguments are the URIs of the manifest and of the job description, and there are "
              + args.length);
    }
    try (SparkSession spark = SparkSession.builder().appName(appName(args[1])).getOrCreate()) {
      JobResult result = run(spark, args[0], args[1]);
      System.err.println(summary(result));
    } catch (JobFailure failure) {
      if (failure.getCause() != null) {
        failure.getCause().printStackTrace();
      }
      System.err.println(failure.summary());
      throw failure.withoutCause();
    }
  }

  /**
   * Runs one attempt in a session of its own, and leaves the result file.
   *
   * @return the result of an attempt that succeeded
   * @throws JobFailure if it fails
   */
  static JobResult run(SparkSession session, String manifestUri, String jobUri) {
    SparkSession spark = session.newSession();
    Storage storage = new Storage(spark.sparkContext().hadoopConfiguration());
    Optional<ResultTarget> target = Optional.empty();
    Job job = null;
    try {
      String json = document(storage, "job description", jobUri);
      target = ResultTarget.of(json);
      if (target.isPresent()) {
        // An earlier try of this attempt may have left one, which is no longer true.
        storage.delete(target.get().uri());
      }
      JobDescription description = JobDescription.read("the job description " + jobUri, json);
      Manifest manifest =
          Manifest.read("the manifest " + manifestUri, document(storage, "manifest", manifestUri));
      job = new Job(spark, storage, manifest, description);
      JobResult result = job.run();
      write(storage, description.result().uri(), result);
      return result;
    } catch (Throwable thrown) {
      JobFailure failure = JobFailure.of(thrown);
      if (target.isPresent()) {
        leaveFailed(storage, target.get(), job, failure);
      }
      throw failure;
    }
  }

  private static String document(Storage storage, String what, String uri) {
    try {
      return storage.read(uri);
    } catch (IOException | RuntimeException e) {
      throw JobFailure.of(e).about("Cannot read the " + what + " " + uri);
    }
  }

  private static void leaveFailed(
      Storage storage, ResultTarget target, Job job, JobFailure failure) {
    try {
      if (job != null) {
        job.clear();
      }
      write(storage, target.uri(), job == null ? target.failed(failure) : job.failed(failure));
    } catch (IOException | RuntimeException e) {
      // The failure itself must be reported; without a result file the attempt is no success
      // anyway.
      System.err.println("spark-job: cannot leave a result at " + target.uri() + ": " + e);
    }
  }

  private static void write(Storage storage, String uri, JobResult result) throws IOException {
    storage.write(uri, ContractJson.write(result) + "\n");
  }

  /** The job's name on the cluster's own pages. */
  private static String appName(String jobUri) {
    try {
      return ResultTarget.of(Storage.beforeSpark().read(jobUri))
          .map(ResultTarget::toString)
          .orElse("spark-job");
    } catch (IOException | RuntimeException e) {
      // A wrong URI is reported once Spark is up.
      return "spark-job";
    }
  }

  private static String summary(JobResult result) {
    JobResult.Rows rows = result.rows();
    return "spark-job: SUCCEEDED rows read=%d written=%d rejected=%d files=%d"
        .formatted(rows.read(), rows.written(), rows.rejected(), result.files().size());
  }
}
