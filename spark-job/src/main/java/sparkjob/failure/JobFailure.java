package sparkjob.failure;

import contract.ContractException;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a job failed, for the pipeline's operator: one sentence that names the thing, the cause and
 * the way out.
 *
 * <p>It has no stack trace: the sentence is all that a reader needs, and Spark repeats a trace per
 * failed task.
 */
public final class JobFailure extends RuntimeException {

  private final FailureCause kind;
  private final List<String> objects;

  private JobFailure(FailureCause kind, String message, List<String> objects, Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.objects = List.copyOf(objects);
  }

  /**
   * The input's fault. {@code objects} are the URIs of the objects concerned, as the manifest gives
   * them.
   */
  public static JobFailure data(String message, List<String> objects) {
    return new JobFailure(FailureCause.DATA, message, objects, null);
  }

  /** The fault of the transform, of a check, or of the job description. */
  public static JobFailure userCode(String message) {
    return new JobFailure(FailureCause.USER_CODE, message, List.of(), null);
  }

  /** Neither the pipeline nor its input is at fault. */
  public static JobFailure internal(String message) {
    return new JobFailure(FailureCause.INTERNAL, message, List.of(), null);
  }

  /**
   * The failure for any throwable. Spark wraps what a task throws, so the failure is searched among
   * the causes. A throwable that is not ours is blamed neither on the code nor on the data; code
   * that knows that a query or an object's content caused it has converted it before. Its message
   * is the first line of the first cause, because Spark appends query plans and stack traces.
   */
  public static JobFailure of(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    for (Throwable cause : causes) {
      if (cause instanceof JobFailure ours) {
        return ours;
      }
      if (cause instanceof ContractException refusal) {
        return userCode(refusal.getMessage());
      }
    }
    FailureCause kind =
        causes.stream().anyMatch(JobFailure::isLostMachine)
            ? FailureCause.INSTANCE
            : FailureCause.INTERNAL;
    return new JobFailure(kind, firstLine(causes.get(causes.size() - 1)), List.of(), thrown);
  }

  /** A throwable and what caused it, the first cause last. */
  public static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown; cause != null && causes.size() < 50; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /**
   * Spark's TaskSetManager fails a task whose executors were lost again and again, with YARN's
   * message: that of a node that was reclaimed, or is being reclaimed.
   */
  private static boolean isLostMachine(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.contains("ExecutorLostFailure")
        && (message.contains("*lost* node") || message.contains("decommission"));
  }

  /** A throwable's message in one line. */
  public static String firstLine(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return name;
    }
    String line = message.strip().lines().findFirst().orElseThrow();
    return line.startsWith("[") ? line : name + ": " + line;
  }

  /** The same failure with what caused it. */
  public JobFailure causedBy(Throwable cause) {
    return new JobFailure(kind, getMessage(), objects, cause);
  }

  /** The same failure with its subject before the message. */
  public JobFailure about(String subject) {
    return new JobFailure(kind, subject + ": " + getMessage(), objects, getCause());
  }

  /**
   * The same failure without the traces of its causes, so that the message is the last line of the
   * output.
   */
  public JobFailure withoutCause() {
    return new JobFailure(kind, getMessage(), objects, null);
  }

  /** The kind of the failure. */
  public FailureCause kind() {
    return kind;
  }

  /** The URIs of the objects concerned; empty where none is to blame. */
  public List<String> objects() {
    return objects;
  }

  /** The failure in the form of the result file. */
  public JobResult.JobFailure told() {
    return new JobResult.JobFailure(kind, getMessage(), objects);
  }

  /** The line that {@code spark-submit} shows last. */
  public String summary() {
    return "spark-job: FAILED " + kind + ": " + getMessage();
  }
}
