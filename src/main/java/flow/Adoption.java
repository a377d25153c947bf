package flow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.Attempt;

/**
 * What to make of the clusters that bear an attempt's name, after a RunJobFlow whose answer is not
 * known.
 *
 * @param cluster the one that is the attempt's
 * @param surplus the younger ones, which are to be terminated
 * @param nothingCreated EMR has had its time to show a cluster, and there is none
 */
public record Adoption(Optional<String> cluster, List<String> surplus, boolean nothingCreated) {

  /**
   * Decides.
   *
   * @param attempt called at some time
   * @param found ids of the clusters of that name, oldest first
   * @param window how long after the call was begun EMR may first list its cluster
   * @param asked when EMR was asked for them
   */
  public static Adoption of(Attempt attempt, List<String> found, Duration window, Instant asked) {
    Instant called = attempt.calledAt().orElseThrow();
    return new Adoption(
        found.stream().findFirst(),
        found.stream().skip(1).toList(),
        found.isEmpty() && called.plus(window).isBefore(asked));
  }
}
