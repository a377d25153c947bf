package sparkjob.contract;

import java.util.List;

/**
 * Why a job failed, told to whoever runs the pipeline: one sentence that names the thing, the cause
 * and the way out.
 *
 * <p>It has no stack trace: the sentence is all that a reader needs, and Spark repeats a trace per
 * failed task.
 */
public final class JobFailure extends RuntimeException {

  /** Whose mistake it is. The names are those of the contract. */
  public enum Kind {
    /** The input is not what was declared. */
    DATA,
    /** The transform, the job description, or the job itself. */
    USER_CODE
  }

  private final Kind kind;
  private final List<String> objects;

  private JobFailure(Kind kind, String message, List<String> objects, Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.objects = List.copyOf(objects);
  }

  /**
   * The input's fault. {@code objects} are the URIs of the objects concerned, as the manifest gives
   * them.
   */
  public static JobFailure data(String message, List<String> objects) {
    return new JobFailure(Kind.DATA, message, objects, null);
  }

  /** The fault of the transform, of the job description, or of this job. */
  public static JobFailure userCode(String message) {
    return new JobFailure(Kind.USER_CODE, message, List.of(), null);
  }

  /**
   * What to tell about any throwable. Spark wraps what a task throws, so the failure is looked for
   * among the causes. What is not ours counts as user code, with the first line of the first cause:
   * Spark appends query plans and stack traces to it.
   */
  public static JobFailure of(Throwable thrown) {
    Throwable root = thrown;
    for (int depth = 0; root != null && depth < 50; depth++) {
      if (root instanceof JobFailure ours) {
        return ours;
      }
      if (root.getCause() == null) {
        break;
      }
      root = root.getCause();
    }
    return new JobFailure(Kind.USER_CODE, firstLine(root), List.of(), thrown);
  }

  private static String firstLine(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    if (message == null || message.isBlank()) {
      return name;
    }
    String line = message.strip().lines().findFirst().orElseThrow();
    return line.startsWith("[") ? line : name + ": " + line;
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
  public Kind kind() {
    return kind;
  }

  /** The URIs of the objects concerned; empty where none is to blame. */
  public List<String> objects() {
    return objects;
  }

  /** The line that {@code spark-submit} shows last. */
  public String summary() {
    return "spark-job: FAILED " + kind + ": " + getMessage();
  }
}
