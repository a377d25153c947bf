package architecture.planted.clock;

import architecture.planted.run.ARun;

/** Breaks: clock knows the JDK. */
public final class ClockKnowsARun {
  ARun known;
}
