package architecture.planted.shutdown;

import architecture.planted.run.ARun;

/** Breaks: shutdown knows nobody. */
public final class ShutdownKnowsARun {
  ARun known;
}
