package sparkjob.failure;

import contract.ContractException;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.util.ArrayList;
import java.util.List;

/**
 * Why a job failed, told to whoever runs the pipeline: one sentence that names the thing, the cause
 * and the way out.
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

  /** Nobody's fault who wrote the pipeline or its input. */
  public static JobFailure internal(String message) {
    return new JobFailure(FailureCause.INTERNAL, message, List.of(), null);
  }

  /**
   * What to tell about any throwable. Spark wraps what a task throws, so the failure is looked for
   * among the causes. What is not ours is nobody's fault as far as is known: whoever knows better,
   * because it was thrown by a query or by an object's content, says so before. It is told by the
   * first line of the first cause, since Spark appends query plans and stack traces.
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
   * Spark's TaskSetManager gives up on a task whose executors were lost again and again, and tells
   * YARN's words for it: those of a node that was taken away, or is being taken away.
   */
  private static boolean isLostMachine(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage());
    return message.contains("ExecutorLostFailure")
        && (message.contains("*lost* node") || message.contains("decommission"));
  }

  /** What a throwable says in one line. */
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

  /** The same failure, its message after what it is about. */
  public JobFailure about(String subject) {
    return new JobFailure(kind, subject + ": " + getMessage(), objects, getCause());
  }

  /**
   * The same failure without the trace of what caused it, so that the message is the last that is
   * seen.
   */
  public JobFailure withoutCause() {
    return new JobFailure(kind, getMessage(), objects, null);
  }

  /** Whose mistake it is. */
  public FailureCause kind() {
    return kind;
  }

  /** The URIs of the objects concerned; empty where none is to blame. */
  public List<String> objects() {
    return objects;
  }

  /** The failure as the result file tells it. */
  public JobResult.JobFailure told() {
    return new JobResult.JobFailure(kind, getMessage(), objects);
  }

  /** The line that {@code spark-submit} shows last. */
  public String summary() {
    return "spark-job: FAILED " + kind + ": " + getMessage();
  }
}
