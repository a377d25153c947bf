package polling;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;

/**
 * When the steps of a cluster usually end, learnt from earlier clusters of the same pipeline. So a
 * table is loaded soon after the steps' end, and EMR gets few queries before it. In memory only:
 * after a restart each pipeline is learnt again.
 */
public final class UsualEnds {

  /** How often the steps are polled when their end is near. */
  private static final Duration NEAR = Duration.ofSeconds(1);

  /**
   * If nothing is known, the end is found late by at most this share of the time that the steps
   * take.
   */
  private static final int UNKNOWN = 25;

  private static final double EARLY = 0.9;
  private static final double LATE = 1.1;
  private static final Duration SLACK = Duration.ofSeconds(10);
  private static final int REMEMBERED = 10;

  private final Map<String, Map<Attempt.Intent, Duration>> took = new HashMap<>();

  /** Learns how long the steps took, once all have ended. */
  public synchronized void learn(Attempt attempt) {
    ClusterStatus cluster = attempt.cluster().orElseThrow();
    Optional<Instant> ended = cluster.lastStepEndedAt();
    if (cluster.stepsCompleted() && cluster.readyAt().isPresent() && ended.isPresent()) {
      Map<Attempt.Intent, Duration> last =
          took.computeIfAbsent(pipeline(attempt), name -> new LinkedHashMap<>());
      last.put(attempt.intent(), Duration.between(cluster.readyAt().get(), ended.get()));
      if (last.size() > REMEMBERED) {
        last.remove(last.keySet().iterator().next());
      }
    }
  }

  /** How often to poll for the end of an attempt's steps; empty while that end is not near. */
  public synchronized Optional<Duration> pace(Attempt attempt, Instant now) {
    return attempt
        .cluster()
        .filter(UsualEnds::works)
        .flatMap(ClusterStatus::readyAt)
        .map(ready -> Duration.between(ready, now))
        .flatMap(since -> pace(took.get(pipeline(attempt)), since));
  }

  /** The shortest pause of any of them. */
  public Optional<Duration> pace(List<Attempt> attempts, Instant now) {
    return attempts.stream()
        .flatMap(attempt -> pace(attempt, now).stream())
        .min(Comparator.naturalOrder());
  }

  private static Optional<Duration> pace(Map<Attempt.Intent, Duration> before, Duration since) {
    if (before == null) {
      Duration share = since.dividedBy(UNKNOWN);
      return Optional.of(share.compareTo(NEAR) > 0 ? share : NEAR);
    }
    double least = before.values().stream().mapToDouble(Duration::toMillis).min().orElseThrow();
    double most = before.values().stream().mapToDouble(Duration::toMillis).max().orElseThrow();
    double now = since.toMillis();
    return now >= least * EARLY - SLACK.toMillis() / 2.0 && now <= most * LATE + SLACK.toMillis()
        ? Optional.of(NEAR)
        : Optional.empty();
  }

  private static boolean works(ClusterStatus cluster) {
    boolean runs =
        cluster.state() == ClusterState.RUNNING || cluster.state() == ClusterState.WAITING;
    return runs && !cluster.stepsEnded();
  }

  /** A cluster's name consists of installation, pipeline, run and attempt. */
  private static String pipeline(Attempt attempt) {
    return attempt.clusterName().split(" " + attempt.run(), 2)[0];
  }
}
