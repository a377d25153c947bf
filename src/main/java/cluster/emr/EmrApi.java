package cluster.emr;

import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The calls to EMR that AWS limits separately ("Amazon EMR endpoints and quotas", AWS General
 * Reference: burst and replenishment).
 */
public enum EmrApi {
  RUN_JOB_FLOW(10, Duration.ofSeconds(2)),
  TERMINATE_JOB_FLOWS(10, Duration.ofSeconds(2)),
  DESCRIBE_CLUSTER(10, Duration.ofSeconds(1)),
  LIST_STEPS(10, Duration.ofSeconds(2)),
  DESCRIBE_STEP(10, Duration.ofSeconds(2)),
  LIST_CLUSTERS(20, Duration.ofSeconds(2));

  private final int burst;
  private final Duration refill;

  EmrApi(int burst, Duration refill) {
    this.burst = burst;
    this.refill = refill;
  }

  /** How many calls an account may make at once. */
  int burst() {
    return burst;
  }

  /** The time until it may make one more. */
  Duration refill() {
    return refill;
  }

  /** The action that a policy of IAM must allow. */
  String permission() {
    return "elasticmapreduce:"
        + Stream.of(name().split("_"))
            .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.joining());
  }
}
