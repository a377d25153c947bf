package localcloud.emr;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import localcloud.emr.StepPlan.Course;
import localcloud.faults.OnCluster;
import localcloud.faults.OnCluster.BootstrapFailure;
import localcloud.faults.OnCluster.InternalFailure;
import localcloud.faults.OnCluster.LateLogs;
import localcloud.faults.OnCluster.NoCapacity;
import localcloud.faults.OnCluster.PlainTerminated;
import localcloud.faults.OnCluster.SpotReclaim;
import localcloud.faults.OnCluster.StepFails;
import localcloud.faults.OnCluster.StepHangs;
import localcloud.faults.OnCluster.StepSucceeds;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReason;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.SpotProvisioningSpecification;
import software.amazon.awssdk.services.emr.model.SpotProvisioningTimeoutAction;
import software.amazon.awssdk.services.emr.model.StepState;

/**
 * What will happen to a cluster besides its request.
 *
 * @param stop the state that it does not leave
 * @param firstStep the plan for its first step
 * @param otherSteps the plan for the others
 * @param afterFailedStep how it ends with a failed step, if not as EMR documents it
 * @param bootstrapLog the log of the bootstrap action that ends it
 */
record Fate(
    Optional<Stop> stop,
    StepPlan firstStep,
    StepPlan otherSteps,
    Optional<ClusterEnd> afterFailedStep,
    Optional<BootstrapLog> bootstrapLog) {

  /** Everything succeeds, as far as it depends on EMR. */
  static final Fate NONE =
      new Fate(
          Optional.empty(), StepPlan.USUAL, StepPlan.USUAL, Optional.empty(), Optional.empty());

  /**
   * The log of the first bootstrap action, on the primary instance.
   *
   * @param stderr its text
   * @param delay how long after the cluster's end it is delivered
   */
  record BootstrapLog(String stderr, Duration delay) {}

  /**
   * A state that the cluster leaves only by its end.
   *
   * @param after the time in the state; empty for the usual time
   * @param end how it ends then; empty for never
   */
  record Stop(ClusterState in, Optional<Duration> after, Optional<ClusterEnd> end) {}

  /** The end that a fault prepares for a cluster of that request. */
  static Fate of(OnCluster fault, String clusterId, RunJobFlowRequest request) {
    return fault.accept(new Reader(clusterId, request));
  }

  /** Whether a fault can affect a cluster of that request. */
  static boolean concerns(OnCluster fault, RunJobFlowRequest request) {
    return !(fault instanceof NoCapacity shortage)
        || asksFor(shortage.instanceTypes(), request.instances());
  }

  /** A fleet can use any of its types, a group has only one. */
  private static boolean asksFor(Set<String> types, JobFlowInstancesConfig instances) {
    Stream<String> single =
        Stream.concat(
            instances.instanceGroups().stream().map(group -> group.instanceType()),
            Stream.of(instances.masterInstanceType(), instances.slaveInstanceType())
                .flatMap(Stream::ofNullable));
    return types.isEmpty()
        || single.anyMatch(types::contains)
        || instances.instanceFleets().stream().anyMatch(fleet -> hasOnly(types, fleet));
  }

  private static boolean hasOnly(Set<String> types, InstanceFleetConfig fleet) {
    return types.isEmpty()
        || fleet.instanceTypeConfigs().stream()
            .allMatch(config -> types.contains(config.instanceType()));
  }

  /** What each kind of fault means for a cluster. */
  private record Reader(String clusterId, RunJobFlowRequest request)
      implements OnCluster.Visitor<Fate> {

    /**
     * Without capacity a cluster waits, unless one of its fleets ends it after a time.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_SpotProvisioningSpecification.html">SpotProvisioningSpecification</a>
     */
    @Override
    public Fate visit(NoCapacity noCapacity) {
      OptionalInt minutes =
          request.instances().instanceFleets().stream()
              .filter(fleet -> hasOnly(noCapacity.instanceTypes(), fleet))
              .map(InstanceFleetConfig::launchSpecifications)
              .flatMap(Stream::ofNullable)
              .map(specifications -> specifications.spotSpecification())
              .flatMap(Stream::ofNullable)
              .filter(
                  spot -> spot.timeoutAction() == SpotProvisioningTimeoutAction.TERMINATE_CLUSTER)
              .mapToInt(SpotProvisioningSpecification::timeoutDurationMinutes)
              .min();
      if (minutes.isEmpty()) {
        return stop(new Stop(ClusterState.STARTING, Optional.empty(), Optional.empty()));
      }
      Duration timeout = noCapacity.delay().orElse(Duration.ofMinutes(minutes.getAsInt()));
      return stop(
          new Stop(
              ClusterState.STARTING,
              Optional.of(timeout),
              Optional.of(
                  withErrors(
                      ClusterStateChangeReasonCode.INSTANCE_FLEET_TIMEOUT,
                      "The instance fleet could not be provisioned within its timeout"))));
    }

    @Override
    public Fate visit(BootstrapFailure bootstrapFailure) {
      String message =
          "On the master instance (%s), bootstrap action 1 returned a non-zero return code"
              .formatted(ClusterInstances.primaryId(clusterId));
      Stop failed =
          new Stop(
              ClusterState.BOOTSTRAPPING,
              Optional.empty(),
              Optional.of(withErrors(ClusterStateChangeReasonCode.BOOTSTRAP_FAILURE, message)));
      return new Fate(
          Optional.of(failed),
          StepPlan.USUAL,
          StepPlan.USUAL,
          Optional.empty(),
          Optional.of(new BootstrapLog(bootstrapFailure.stderr(), bootstrapFailure.delay())));
    }

    @Override
    public Fate visit(InternalFailure internalFailure) {
      return stop(
          new Stop(
              ClusterState.STARTING,
              Optional.empty(),
              Optional.of(
                  withErrors(
                      ClusterStateChangeReasonCode.INTERNAL_ERROR,
                      "Failed to start the job flow due to an internal error"))));
    }

    @Override
    public Fate visit(StepHangs stepHangs) {
      return firstStep(StepPlan.of(Course.HANGS));
    }

    /**
     * Seen at AWS and reported in <a
     * href="https://github.com/snowplow/dataflow-runner/pull/103">dataflow-runner #103</a>.
     */
    @Override
    public Fate visit(PlainTerminated plainTerminated) {
      return new Fate(
          Optional.empty(),
          StepPlan.of(Course.FAILS),
          StepPlan.USUAL,
          Optional.of(
              new ClusterEnd(
                  ClusterState.TERMINATED,
                  ClusterStateChangeReason.builder().build(),
                  StepState.CANCELLED)),
          Optional.empty());
    }

    @Override
    public Fate visit(StepFails stepFails) {
      return firstStep(
          new StepPlan(
              Course.FAILS,
              Duration.ZERO,
              stepFails.message(),
              stepFails.stderr(),
              stepFails.delay()));
    }

    @Override
    public Fate visit(StepSucceeds stepSucceeds) {
      return firstStep(
          new StepPlan(Course.SUCCEEDS, stepSucceeds.takes(), Optional.empty(), "", Duration.ZERO));
    }

    @Override
    public Fate visit(SpotReclaim spotReclaim) {
      StepState lost =
          switch (spotReclaim.step()) {
            case FAILED -> StepState.FAILED;
            case INTERRUPTED -> StepState.INTERRUPTED;
            case CANCELLED -> StepState.CANCELLED;
          };
      return stop(
          new Stop(
              ClusterState.RUNNING,
              Optional.of(spotReclaim.delay()),
              Optional.of(
                  new ClusterEnd(
                      ClusterState.TERMINATED_WITH_ERRORS,
                      ClusterEnd.reason(
                          ClusterStateChangeReasonCode.INSTANCE_FAILURE,
                          "The master node was terminated. "),
                      lost))));
    }

    @Override
    public Fate visit(LateLogs lateLogs) {
      StepPlan late =
          new StepPlan(Course.RUNS, Duration.ZERO, Optional.empty(), "", lateLogs.delay());
      return new Fate(Optional.empty(), late, late, Optional.empty(), Optional.empty());
    }

    private static Fate stop(Stop stop) {
      return new Fate(
          Optional.of(stop), StepPlan.USUAL, StepPlan.USUAL, Optional.empty(), Optional.empty());
    }

    private static Fate firstStep(StepPlan plan) {
      return new Fate(Optional.empty(), plan, StepPlan.USUAL, Optional.empty(), Optional.empty());
    }

    private static ClusterEnd withErrors(ClusterStateChangeReasonCode code, String message) {
      return ClusterEnd.of(ClusterState.TERMINATED_WITH_ERRORS, code, message);
    }
  }
}
