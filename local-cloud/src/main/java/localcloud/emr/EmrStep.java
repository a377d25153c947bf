package localcloud.emr;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.FailureDetails;
import software.amazon.awssdk.services.emr.model.HadoopJarStepConfig;
import software.amazon.awssdk.services.emr.model.HadoopStepConfig;
import software.amazon.awssdk.services.emr.model.KeyValue;
import software.amazon.awssdk.services.emr.model.Step;
import software.amazon.awssdk.services.emr.model.StepCancellationOption;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepStateChangeReason;
import software.amazon.awssdk.services.emr.model.StepStatus;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.emr.model.StepTimeline;

/** One step of a cluster. Its cluster's lock guards it. */
final class EmrStep {
  private static final String CANCELLED = "Cancelled by user request";

  private final String id;
  private final StepConfig config;
  private final Instant created;
  private StepState state = StepState.PENDING;
  private Instant started;
  private Instant ended;
  private String reason;
  private FailureDetails failure;
  private RunningStep process;

  EmrStep(String id, StepConfig config, Instant created) {
    this.id = id;
    this.config = config;
    this.created = created;
  }

  String id() {
    return id;
  }

  StepState state() {
    return state;
  }

  HadoopJarStepConfig jarStep() {
    return config.hadoopJarStep();
  }

  /** CONTINUE if the request does not say. */
  ActionOnFailure actionOnFailure() {
    return Optional.ofNullable(config.actionOnFailure()).orElse(ActionOnFailure.CONTINUE);
  }

  boolean isActive() {
    return state == StepState.PENDING
        || state == StepState.RUNNING
        || state == StepState.CANCEL_PENDING;
  }

  /** Whether it occupies one of the cluster's places. */
  boolean hasStarted() {
    return state == StepState.RUNNING || state == StepState.CANCEL_PENDING;
  }

  void started(Instant now, RunningStep running) {
    state = StepState.RUNNING;
    started = now;
    process = running;
  }

  /** Takes the process's outcome. */
  void ended(Instant now, StepOutcome outcome) {
    process = null;
    if (state == StepState.CANCEL_PENDING) {
      stopped(now, StepState.CANCELLED, CANCELLED);
    } else if (state == StepState.RUNNING) {
      state = outcome.succeeded() ? StepState.COMPLETED : StepState.FAILED;
      failure = outcome.failure().orElse(null);
      ended = now;
    }
  }

  /**
   * Takes a request to cancel it. A waiting step is cancelled at once, a running one when its
   * process has ended.
   */
  void cancel(Instant now, StepCancellationOption how) {
    if (state == StepState.PENDING) {
      stopped(now, StepState.CANCELLED, CANCELLED);
    } else if (state == StepState.RUNNING) {
      state = StepState.CANCEL_PENDING;
      switch (how) {
        case SEND_INTERRUPT, UNKNOWN_TO_SDK_VERSION -> process.interrupt();
        case TERMINATE_PROCESS -> process.killNow();
      }
    }
  }

  /** Takes an end that is not the process's own. */
  void stopped(Instant now, StepState last, String why) {
    state = last;
    reason = why;
    ended = now;
  }

  /** The process that still exists, whatever the state is. */
  Optional<RunningStep> process() {
    return Optional.ofNullable(process);
  }

  StepSummary summary() {
    return StepSummary.builder()
        .id(id)
        .name(config.name())
        .config(hadoopConfig())
        .actionOnFailure(actionOnFailure())
        .status(status())
        .build();
  }

  Step describe() {
    return Step.builder()
        .id(id)
        .name(config.name())
        .config(hadoopConfig())
        .actionOnFailure(actionOnFailure())
        .status(status())
        .build();
  }

  private HadoopStepConfig hadoopConfig() {
    HadoopJarStepConfig step = config.hadoopJarStep();
    HadoopStepConfig.Builder described =
        HadoopStepConfig.builder().jar(step.jar()).mainClass(step.mainClass()).args(step.args());
    if (step.hasProperties()) {
      described.properties(
          step.properties().stream()
              .collect(
                  java.util.stream.Collectors.toMap(
                      KeyValue::key, KeyValue::value, (first, second) -> second)));
    }
    return described.build();
  }

  private StepStatus status() {
    return StepStatus.builder()
        .state(state)
        .stateChangeReason(StepStateChangeReason.builder().message(reason).build())
        .failureDetails(failure)
        .timeline(
            StepTimeline.builder()
                .creationDateTime(created)
                .startDateTime(started)
                .endDateTime(ended)
                .build())
        .build();
  }
}
