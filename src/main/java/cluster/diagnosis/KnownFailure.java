package cluster.diagnosis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * One thing that went wrong, as a log tells it: what came out at the end, and what that came of. Of
 * a chain of exceptions the two ends are kept whole.
 */
final class KnownFailure {

  /** How much a trouble tells about why a step failed, from little to much. */
  enum Weight {
    /** Only that the step failed. */
    SYMPTOM,
    /** Only that the user's program failed. */
    EXITED,
    /** An exception that was only warned of. */
    WARNED,
    /** An error that was logged without an exception. */
    LOGGED,
    /** An exception that was logged or printed. */
    TOLD,
    /** What ended the driver. */
    FATAL,
    /** Our own job's word. */
    OURS
  }

  /** So many exceptions between the ends of a chain are remembered. */
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

  /** The exception that is told now. */
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

  /** What follows is about the first exception of the chain again. */
  void backToFirst() {
    present = first;
  }

  /** What comes next came of what was told first, not the other way round. */
  void startsWithRoot() {
    firstIsRoot = true;
  }

  /** Whether it is about an exception, and not only one line of a logger. */
  boolean isThrown() {
    return last != first || first.isTraced();
  }

  /** Whether spark-submit threw it, for a cause that is not in the user's code either. */
  boolean isOfSubmit() {
    return first.isOfSubmit() && (last == first || !last.isInOwnCode());
  }

  /** The root cause. */
  List<String> cause() {
    return rootIsFirst() ? first.lines() : last.lines();
  }

  /** The messages on the way from the root cause, those next to it only. */
  List<String> between() {
    return List.copyOf(between);
  }

  /** What came of the root cause in the end; empty if that is all there is. */
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
