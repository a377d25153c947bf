package localcloud.emr;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import localcloud.s3.S3Uri;
import software.amazon.awssdk.services.emr.model.AutoTerminationPolicy;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReason;
import software.amazon.awssdk.services.emr.model.ClusterStateChangeReasonCode;
import software.amazon.awssdk.services.emr.model.ClusterStatus;
import software.amazon.awssdk.services.emr.model.ClusterTimeline;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * A cluster and its way through its states. {@link Account}'s lock guards it; the time is passed
 * in.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-overview.html#emr-overview-cluster-lifecycle">
 *     Understanding the cluster lifecycle</a>
 */
final class EmrCluster {

  /** Durations here, which are minutes at AWS. */
  record Pace(Duration provisioning, Duration terminating) {}

  /** Starts a step; the callee informs the cluster of its end. */
  interface StepStarter {
    RunningStep start(EmrCluster cluster, EmrStep step);
  }

  private final String id;
  private final RunJobFlowRequest request;
  private final Pace pace;
  private final Fate fate;
  private final Instant created;
  private final List<EmrStep> steps = new ArrayList<>();
  private ClusterState state = ClusterState.STARTING;
  private ClusterStateChangeReason reason = ClusterStateChangeReason.builder().build();
  private ClusterEnd end;
  private boolean terminationProtected;
  private int stepConcurrency;
  private List<Tag> tags;
  private AutoTerminationPolicy autoTermination;
  private Instant ready;
  private Instant idleSince;
  private Instant terminatingSince;
  private Instant ended;

  EmrCluster(String id, RunJobFlowRequest request, Pace pace, Fate fate, Instant created) {
    this.id = id;
    this.request = request;
    this.pace = pace;
    this.fate = fate;
    this.created = created;
    this.terminationProtected =
        isHighlyAvailable() || Boolean.TRUE.equals(request.instances().terminationProtected());
    this.stepConcurrency = Objects.requireNonNullElse(request.stepConcurrencyLevel(), 1);
    this.tags = List.copyOf(request.tags());
    this.autoTermination = request.autoTerminationPolicy();
  }

  String id() {
    return id;
  }

  RunJobFlowRequest request() {
    return request;
  }

  ClusterState state() {
    return state;
  }

  Instant created() {
    return created;
  }

  Optional<Instant> ready() {
    return Optional.ofNullable(ready);
  }

  Optional<Instant> ended() {
    return Optional.ofNullable(ended);
  }

  List<EmrStep> steps() {
    return List.copyOf(steps);
  }

  boolean isTerminationProtected() {
    return terminationProtected;
  }

  void setTerminationProtected(boolean value) {
    terminationProtected = value;
  }

  void setAutoTermination(AutoTerminationPolicy policy) {
    autoTermination = policy;
  }

  int stepConcurrency() {
    return stepConcurrency;
  }

  void setStepConcurrency(int level) {
    stepConcurrency = level;
  }

  List<Tag> tags() {
    return tags;
  }

  void setTags(List<Tag> changed) {
    tags = List.copyOf(changed);
  }

  /**
   * With three primary nodes termination protection is on from the start, and the end of the steps
   * is not the cluster's.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-plan-ha-launch.html">Launch
   *     an Amazon EMR cluster with multiple primary nodes</a>
   */
  private boolean isHighlyAvailable() {
    return ClusterInstances.primaries(request.instances()) > 1;
  }

  /** A cluster that ends by itself when it has no more steps. */
  boolean isTransient() {
    return !isHighlyAvailable()
        && !Boolean.TRUE.equals(request.instances().keepJobFlowAliveWhenNoSteps());
  }

  /** Whether steps may still be added, and whether it counts as active. */
  boolean isOpen() {
    return switch (state) {
      case STARTING, BOOTSTRAPPING, RUNNING, WAITING -> true;
      case TERMINATING, TERMINATED, TERMINATED_WITH_ERRORS, UNKNOWN_TO_SDK_VERSION -> false;
    };
  }

  boolean isEnded() {
    return ended != null;
  }

  EmrStep add(String stepId, StepConfig step, Instant now) {
    EmrStep added = new EmrStep(stepId, step, now);
    steps.add(added);
    return added;
  }

  /** The plan for one of its steps. */
  StepPlan plan(EmrStep step) {
    return step.equals(steps.get(0)) ? fate.firstStep() : fate.otherSteps();
  }

  /** Advances to the present time. */
  void advance(Instant now, StepStarter starter) {
    switch (state) {
      case STARTING -> {
        if (mayLeave(now, created, pace.provisioning().dividedBy(2))) {
          state = ClusterState.BOOTSTRAPPING;
        }
      }
      case BOOTSTRAPPING -> {
        Duration half = pace.provisioning().dividedBy(2);
        if (mayLeave(now, created.plus(half), pace.provisioning().minus(half))) {
          ready = now;
          work(now, starter);
        }
      }
      case RUNNING, WAITING -> {
        stopHere().ifPresent(stop -> endAt(stop, now, ready, Duration.ZERO));
        if (isOpen()) {
          work(now, starter);
        }
      }
      case TERMINATING -> {
        boolean gone = steps.stream().allMatch(step -> step.process().isEmpty());
        if (gone && isPast(now, terminatingSince, pace.terminating())) {
          state = end.state();
          ended = now;
        }
      }
      case TERMINATED, TERMINATED_WITH_ERRORS, UNKNOWN_TO_SDK_VERSION -> {}
    }
  }

  /** Whether the state has lasted for its duration, and the cluster does not stop in it. */
  private boolean mayLeave(Instant now, Instant entered, Duration usually) {
    Optional<Fate.Stop> stop = stopHere();
    stop.ifPresent(here -> endAt(here, now, entered, usually));
    return stop.isEmpty() && isPast(now, entered, usually);
  }

  private Optional<Fate.Stop> stopHere() {
    return fate.stop().filter(stop -> stop.in() == state);
  }

  private void endAt(Fate.Stop stop, Instant now, Instant entered, Duration usually) {
    if (isPast(now, entered, stop.after().orElse(usually))) {
      stop.end().ifPresent(fated -> terminate(now, fated));
    }
  }

  private void work(Instant now, StepStarter starter) {
    long running = steps.stream().filter(EmrStep::hasStarted).count();
    for (EmrStep step : steps) {
      if (running < stepConcurrency && step.state() == StepState.PENDING) {
        step.started(now, starter.start(this, step));
        running++;
      }
    }
    if (running > 0) {
      state = ClusterState.RUNNING;
      reason = ClusterEnd.reason(null, "Running step");
      idleSince = null;
    } else if (isTransient()) {
      endWithoutSteps(now);
    } else {
      idle(now);
    }
  }

  private void endWithoutSteps(Instant now) {
    boolean failed = steps.stream().anyMatch(step -> step.state() == StepState.FAILED);
    terminate(
        now,
        failed
            ? afterFailedStep(ClusterState.TERMINATED, "Steps completed with errors")
            : ClusterEnd.of(
                ClusterState.TERMINATED,
                ClusterStateChangeReasonCode.ALL_STEPS_COMPLETED,
                "Steps completed"));
  }

  private void idle(Instant now) {
    if (state != ClusterState.WAITING) {
      state = ClusterState.WAITING;
      idleSince = now;
      reason =
          steps.isEmpty()
              ? ClusterEnd.reason(null, "Cluster ready to run steps.")
              : ClusterEnd.reason(null, "Cluster ready after last step completed.");
    }
    boolean limited = autoTermination != null && autoTermination.idleTimeout() != null;
    if (limited
        && !terminationProtected
        && isPast(now, idleSince, Duration.ofSeconds(autoTermination.idleTimeout()))) {
      terminate(
          now,
          ClusterEnd.of(
              ClusterState.TERMINATED,
              ClusterStateChangeReasonCode.USER_REQUEST,
              "Terminated by the auto-termination policy after being idle"));
    }
  }

  /**
   * Takes the end of a step's process.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/UsingEMR_TerminationProtection.html">Using
   *     termination protection</a>, on how it meets ActionOnFailure
   */
  void stepEnded(EmrStep step, StepOutcome outcome, Instant now) {
    step.ended(now, outcome);
    if (step.state() != StepState.FAILED || !isOpen()) {
      return;
    }
    switch (step.actionOnFailure()) {
      case TERMINATE_CLUSTER, TERMINATE_JOB_FLOW -> {
        if (terminationProtected && !isTransient()) {
          cancelPending(now, "Job cancelled because of a failed step");
        } else {
          terminate(
              now,
              afterFailedStep(ClusterState.TERMINATED_WITH_ERRORS, "Shut down as step failed"));
        }
      }
      case CANCEL_AND_WAIT -> cancelPending(now, "Job cancelled because of a failed step");
      case CONTINUE, UNKNOWN_TO_SDK_VERSION -> {}
    }
  }

  private void cancelPending(Instant now, String why) {
    steps.stream()
        .filter(step -> step.state() == StepState.PENDING)
        .forEach(step -> step.stopped(now, StepState.CANCELLED, why));
  }

  void terminateByUser(Instant now) {
    terminate(
        now,
        ClusterEnd.of(
            ClusterState.TERMINATED,
            ClusterStateChangeReasonCode.USER_REQUEST,
            "Terminated by user request"));
  }

  private ClusterEnd afterFailedStep(ClusterState usual, String message) {
    return fate.afterFailedStep()
        .orElseGet(() -> ClusterEnd.of(usual, ClusterStateChangeReasonCode.STEP_FAILURE, message));
  }

  private void terminate(Instant now, ClusterEnd how) {
    if (!isOpen()) {
      return;
    }
    state = ClusterState.TERMINATING;
    terminatingSince = now;
    end = how;
    reason = how.reason();
    for (EmrStep step : steps) {
      step.process().ifPresent(RunningStep::end);
      if (step.isActive()) {
        StepState last =
            step.state() == StepState.RUNNING ? how.runningSteps() : StepState.CANCELLED;
        step.stopped(now, last, "Job terminated");
      }
    }
  }

  private static boolean isPast(Instant now, Instant since, Duration span) {
    return !now.isBefore(since.plus(span));
  }

  ClusterStatus status() {
    return ClusterStatus.builder()
        .state(state)
        .stateChangeReason(reason)
        .timeline(
            ClusterTimeline.builder()
                .creationDateTime(created)
                .readyDateTime(ready)
                .endDateTime(ended)
                .build())
        .build();
  }

  /** The log of the bootstrap action that ends it, if there is one. */
  Optional<Fate.BootstrapLog> bootstrapLog() {
    return fate.bootstrapLog();
  }

  /** The place of its logs. */
  Optional<S3Uri> logUri() {
    return Optional.ofNullable(request.logUri()).map(S3Uri::parse);
  }
}
