package localcloud.emr;

import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import localcloud.awsjson.AwsError;

/**
 * How often an account may call EMR in one Region: AWS's default quotas, a bucket for each
 * operation. {@code ListInstances}, {@code SetTerminationProtection} and {@code
 * PutAutoTerminationPolicy} are not limited here, and AWS's quota for all operations together is
 * not simulated.
 *
 * @see <a href="https://docs.aws.amazon.com/general/latest/gr/emr.html">Amazon EMR endpoints and
 *     quotas</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-service-limits-what-are.html">What
 *     are Amazon EMR service quotas</a>: burst and replenishment
 */
final class Quotas {
  private final Clock clock;
  private final Map<Operation, TokenBucket> buckets;

  private Quotas(Clock clock, Map<Operation, TokenBucket> buckets) {
    this.clock = clock;
    this.buckets = buckets;
  }

  static Quotas none(Clock clock) {
    return new Quotas(clock, Map.of());
  }

  static Quotas ofAws(Clock clock) {
    Map<Operation, TokenBucket> buckets = new EnumMap<>(Operation.class);
    for (Operation operation : Operation.values()) {
      bucket(operation).ifPresent(bucket -> buckets.put(operation, bucket));
    }
    return new Quotas(clock, buckets);
  }

  private static Optional<TokenBucket> bucket(Operation operation) {
    Duration second = Duration.ofSeconds(1);
    Duration twoSeconds = Duration.ofSeconds(2);
    return switch (operation) {
      case RUN_JOB_FLOW, ADD_JOB_FLOW_STEPS, TERMINATE_JOB_FLOWS, LIST_STEPS, DESCRIBE_STEP ->
          Optional.of(new TokenBucket(10, twoSeconds));
      case DESCRIBE_CLUSTER -> Optional.of(new TokenBucket(10, second));
      case LIST_CLUSTERS -> Optional.of(new TokenBucket(20, twoSeconds));
      case LIST_INSTANCES,
          LIST_INSTANCE_GROUPS,
          LIST_INSTANCE_FLEETS,
          LIST_BOOTSTRAP_ACTIONS,
          SET_TERMINATION_PROTECTION,
          PUT_AUTO_TERMINATION_POLICY,
          ADD_TAGS,
          REMOVE_TAGS,
          MODIFY_CLUSTER,
          CANCEL_STEPS ->
          Optional.empty();
    };
  }

  /**
   * Counts a call.
   *
   * @throws AwsError ThrottlingException if it exceeds the operation's quota
   */
  void count(Operation operation) {
    TokenBucket bucket = buckets.get(operation);
    if (bucket != null && !bucket.take(clock.instant())) {
      throw AwsError.throttling();
    }
  }
}
