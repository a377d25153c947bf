package cluster.diagnosis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One failure in a log: the final error, and its root cause. Of a chain of exceptions the two ends
 * are kept completely.
 */
final class KnownFailure {

  /** How much a failure explains why a step failed, from little to much. */
  enum Weight {
    /** Only that the step failed. */
    SYMPTOM,
    /** Only that the user's program failed. */
    EXITED,
    /** An exception that was logged as a warning only. */
    WARNED,
    /** An error that was logged without an exception. */
    LOGGED,
    /** An exception that was logged or printed. */
    TOLD,
    /** What ended the driver. */
    FATAL,
    /** The message of the service's own job. */
    OURS
  }

  /** How many exceptions between the ends of a chain are kept. */
  private static final int LINKS = 2;

  private final Weight weight;
  private final LoggedException first = new LoggedException();
  private LoggedException last = first;
  private LoggedException present = first;
  private final Deque<String> between = new ArrayDeque<>();
  private boolean firstIsRoot;

  KnownFailure(Weight weight) {
    this.weight = weight;
  }

  Weight weight() {
    return weight;
  }

  /** The exception that is being read. */
  LoggedException present() {
    return present;
  }

  /** The next exception of the chain begins. */
  void next() {
    if (last != first && last.hasMessage()) {
      remember(last.lines().get(0));
    }
    if (last == first || last.hasMessage()) {
      last = new LoggedException();
    }
    present = last;
  }

  private void remember(String message) {
    if (!message.endsWith(StderrLine.TRACEBACK)) {
      between.addFirst(message);
      if (between.size() > LINKS) {
        between.removeLast();
      }
    }
  }

  /** The next lines are about the first exception of the chain again. */
  void backToFirst() {
    present = first;
  }

  /** The next exception is the consequence of the first, not the other way round. */
  void startsWithRoot() {
    firstIsRoot = true;
  }

  /** Whether it is about an exception, and not only one line of a logger. */
  boolean isThrown() {
    return last != first || first.isTraced();
  }

  /** Whether spark-submit threw it, and its cause is not in the user's code either. */
  boolean isOfSubmit() {
    return first.isOfSubmit() && (last == first || !last.isInOwnCode());
  }

  /** The root cause. */
  List<String> cause() {
    return rootIsFirst() ? first.lines() : last.lines();
  }

  /** The messages of the exceptions next to the root cause. */
  List<String> between() {
    return List.copyOf(between);
  }

  /** The final consequence of the root cause; empty if there is none. */
  List<String> consequence() {
    if (last == first) {
      return List.of();
    }
    return rootIsFirst() ? last.lines() : first.lines();
  }

  private boolean rootIsFirst() {
    return firstIsRoot || !last.hasMessage();
  }
}
