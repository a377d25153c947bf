package kills;

import java.time.Duration;

/**
 * How far a campaign is.
 *
 * @param struck points that are done
 * @param all points that there are
 * @param elapsed since the first was aimed at
 */
record Progress(int struck, int all, Duration elapsed) {

  private static final int MINUTE = 60;

  /** The count, and how long the rest takes at the pace so far. */
  String words() {
    if (struck == all) {
      return "%d of %d points".formatted(struck, all);
    }
    long left = struck == 0 ? 0 : elapsed.toSeconds() * (all - struck) / struck;
    String rest =
        left < MINUTE ? "less than 1 min" : "about " + (left + MINUTE / 2) / MINUTE + " min";
    return "%d of %d points, %s left".formatted(struck, all, rest);
  }
}
