package architecture.planted.batch;

import architecture.planted.run.ARun;

/** Breaks: batch knows the JDK only. */
public final class BatchKnowsARun {
  ARun known;
}
