package architecture.planted.schedule;

import architecture.planted.run.ARun;

/** Breaks: schedule knows the JDK. */
public final class ScheduleKnowsARun {
  ARun known;
}
