package cluster.request;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.MarketType;

/**
 * The settings of a pipeline's clusters.
 *
 * @param rungs the capacity ladder, at least one rung
 * @param stepDeadline the time after which a step is ended
 * @param startDeadline how long a cluster may be STARTING before the attempt is given up as a
 *     shortage of capacity, which EMR itself never calls a failure
 * @param bootstrapDeadline how long it may be BOOTSTRAPPING before the attempt is given up; EMR
 *     itself ends no bootstrap action that hangs
 * @param maxAge the time after which the whole attempt is ended
 * @param maxAttempts how many clusters a run may try in all before it fails
 * @param maxAtOnce how many clusters the pipeline may have at the same time; absent: only the
 *     service's limit
 * @param sparkConf properties for spark-submit
 */
public record ClusterSettings(
    List<Template> rungs,
    Duration stepDeadline,
    Duration startDeadline,
    Duration bootstrapDeadline,
    Duration maxAge,
    int maxAttempts,
    Optional<Integer> maxAtOnce,
    Map<String, String> sparkConf) {

  /**
   * @throws IllegalArgumentException if there is no rung
   */
  public ClusterSettings {
    rungs = List.copyOf(rungs);
    if (rungs.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot create clusters without a rung: name at least one");
    }
  }

  /** Where EMR puts the logs, the same on every rung, with a slash at its end. */
  public String logUri() {
    return rungs.get(0).request().logUri();
  }

  /**
   * Whether some of that rung's machines are bought on the Spot market, and may be taken away.
   *
   * @param rung counted from 0
   */
  public boolean buysSpot(int rung) {
    JobFlowInstancesConfig machines = template(rung).request().instances();
    return machines.instanceGroups().stream().anyMatch(group -> group.market() == MarketType.SPOT)
        || machines.instanceFleets().stream()
            .anyMatch(fleet -> Objects.requireNonNullElse(fleet.targetSpotCapacity(), 0) > 0);
  }

  /**
   * The template of that rung; above the last one it is the last one's.
   *
   * @param rung counted from 0
   */
  public Template template(int rung) {
    return rungs.get(Math.min(rung, rungs.size() - 1));
  }
}
