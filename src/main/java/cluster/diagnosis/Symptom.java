package cluster.diagnosis;

import java.util.List;
import java.util.Optional;

/**
 * A symptom in a single line, wherever it is in the log.
 *
 * <p>Sources: Spark's {@code YarnAllocator} and {@code YarnSchedulerBackend}, Hadoop's {@code
 * ContainersMonitorImpl}, and the errors of Amazon S3 ("Error responses" of its API reference).
 */
enum Symptom {
  /** A container used more memory than it was given. */
  MEMORY_LIMIT(
      Of.MACHINES,
      "exceeding memory limits",
      "exceeding physical memory limits",
      "exceeding virtual memory limits",
      "physical memory used",
      "'PHYSICAL' memory limit"),
  /** A JVM or a machine has no memory left. */
  OUT_OF_MEMORY(
      Of.MACHINES,
      "java.lang.OutOfMemoryError",
      "insufficient memory for the Java Runtime",
      "Cannot allocate memory"),
  /** A disk is full. */
  DISK_FULL(
      Of.MACHINES,
      "No space left on device",
      "No space available in any of the local directories",
      "Disk quota exceeded"),
  /** A machine was lost, as Spot instances are. */
  LOST_NODE(Of.MACHINES, "*lost* node", "Slave lost", "Worker lost", "decommissioned"),
  /** A container was killed: 137 is SIGKILL, 143 is SIGTERM. */
  KILLED(
      Of.CONTAINERS,
      "Exit code is 137",
      "Exit status: 137",
      "exitCode: 137",
      "exit code 137",
      "Exit code is 143",
      "Exit status: 143",
      "exitCode: 143",
      "exit code 143"),
  /** An executor was lost, for whatever reason. */
  LOST_EXECUTOR(Of.CONTAINERS, "ExecutorLostFailure", "Lost executor "),
  /** A permission is missing. */
  ACCESS_DENIED(
      Of.CODE,
      "AccessDenied",
      "Access Denied",
      "Status Code: 403",
      "403 Forbidden",
      "is not authorized to perform"),
  /** Code is missing. */
  MISSING_CODE(
      Of.CODE,
      "ClassNotFoundException",
      "NoClassDefFoundError",
      "NoSuchMethodError",
      "Could not find or load main class",
      "ModuleNotFoundError"),
  /** A bucket or an object is missing. */
  MISSING_OBJECT(Of.CODE, "NoSuchBucket", "NoSuchKey");

  /** The kind of a symptom. */
  enum Of {
    /** A problem of a machine, which explains the end of a container. */
    MACHINES,
    /** The end of a container, without a reason. */
    CONTAINERS,
    /** A problem that an exception describes better, if there is one. */
    CODE
  }

  private static final Symptom[] ALL = values();

  private final Of about;

  @SuppressWarnings("ImmutableEnumChecker") // List.of gives no other lists.
  private final List<String> words;

  Symptom(Of about, String... words) {
    this.about = about;
    this.words = List.of(words);
  }

  Of about() {
    return about;
  }

  boolean isIn(String line) {
    for (String word : words) {
      if (line.contains(word)) {
        return true;
      }
    }
    return false;
  }

  static Optional<Symptom> of(String line) {
    for (Symptom sign : ALL) {
      if (sign.isIn(line)) {
        return Optional.of(sign);
      }
    }
    return Optional.empty();
  }
}
