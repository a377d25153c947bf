package bench;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;

/**
 * How long it takes from a change at EMR until the run store has it. A state that had passed before a poll counts as known when a later one is.
 */
final class Freshness {

  /** The change that a run waits for. */
  static final String STEPS = "steps ended";

  /** The kinds of changes, in their order. */
  static final List<String> KINDS =
      List.of("BOOTSTRAPPING", "RUNNING", STEPS, "TERMINATING", "TERMINATED");

  private final Clock clock;
  private final Map<String, List<Change>> unknown = new HashMap<>();
  private final List<Known> known = new ArrayList<>();

  /** A change that the run store does not have yet. */
  private record Change(String what, Instant at) {}

  /** A change that the run store has. */
  private record Known(String what, double seconds) {}

  Freshness(Clock clock) {
    this.clock = clock;
  }

  void changed(VirtualEmr.Change change) {
    unknown
        .computeIfAbsent(change.clusterId(), id -> new ArrayList<>())
        .add(new Change(change.state().orElse(STEPS), clock.instant()));
  }

  void saved(Attempt attempt) {
    List<Change> open = attempt.clusterId().map(unknown::get).orElse(null);
    if (open == null || attempt.cluster().isEmpty()) {
      return;
    }
    ClusterStatus cluster = attempt.cluster().get();
    List<Change> told = open.stream().filter(change -> tells(cluster, change)).toList();
    Instant now = clock.instant();
    told.forEach(
        change ->
            known.add(
                new Known(change.what(), Duration.between(change.at(), now).toMillis() / 1e3)));
    open.removeAll(told);
  }

  private static boolean tells(ClusterStatus cluster, Change change) {
    return change.what().equals(STEPS)
        ? cluster.stepsEnded()
        : cluster.state().compareTo(ClusterState.valueOf(change.what())) >= 0;
  }

  /** The changes that never became known. */
  long missing() {
    return unknown.values().stream().mapToLong(List::size).sum();
  }

  /**
   * The seconds within which that part of the changes was known.
   *
   * @param what their kind; empty for all
   */
  double percentile(String what, double part) {
    List<Double> sorted = of(what).map(Known::seconds).sorted().toList();
    return sorted.get((int) Math.ceil(part * sorted.size()) - 1);
  }

  private Stream<Known> of(String what) {
    return known.stream().filter(one -> what.isEmpty() || one.what().equals(what));
  }
}
