package flow;

import cluster.diagnosis.LostNodes;
import cluster.diagnosis.SubmitFailure;
import contract.JobResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.StepStatus;

/** What EMR's words about a cluster that it ended, or refused, come to. */
public final class EndReason {

  /**
   * What another instance type, subnet or way of buying has more of. EMR passes on what EC2 says
   * (Amazon EC2 API reference, "Error codes": {@code InsufficientFreeAddressesInSubnet}, {@code
   * MaxSpotInstanceCountExceeded}, {@code SpotMaxPriceTooLow}, {@code VcpuLimitExceeded}, {@code
   * Unsupported}), and tells a shortage and a quota that is used up in its message only.
   */
  private static final Pattern SHORTAGE =
      Pattern.compile(
          "capacity|vcpu|limit ?exceeded|instance limit|quota|count ?exceeded"
              + "|free (?:ip )?addresses|available ip addresses"
              + "|not supported in (?:the|your) requested availability zone"
              + "|spot (?:request |instance )?price|spotmaxpricetoolow");

  /** Twice the time that EMR takes to deliver a log as a rule. */
  static final Duration LOG_AWAITED = Duration.ofMinutes(10);

  private EndReason() {}

  /**
   * Why RunJobFlow was refused.
   *
   * @param message EMR's words
   */
  public static Failure refused(Attempt attempt, String message, Pipeline pipeline) {
    String said = "EMR refused the cluster: " + message;
    return isShortage(message)
        ? new Failure(FailureKind.CAPACITY, said, Remedy.moreMachines(pipeline))
        : new Failure(FailureKind.VALIDATION, said, Remedy.ofRequest(attempt, pipeline, message));
  }

  /**
   * Why a cluster ended whose steps did not all do their work (Amazon EMR API reference,
   * ClusterStateChangeReason).
   *
   * @param attempt with the cluster as EMR last showed it
   * @param failed the step that failed, if one did
   */
  static FailureKind kind(Attempt attempt, Pipeline pipeline, Optional<StepStatus> failed) {
    ClusterStatus cluster = attempt.cluster().orElseThrow();
    return ofCluster(cluster)
        .orElseGet(
            () ->
                failed.isPresent() || cluster.reasonCode().equals("STEP_FAILURE")
                    ? ofStep(attempt, pipeline, failed)
                    : cluster.reasonCode().equals("USER_REQUEST")
                        ? FailureKind.CANCELLED
                        : FailureKind.INTERNAL);
  }

  /** The kind that EMR's reason has by itself, whatever the steps did; empty where it has none. */
  private static Optional<FailureKind> ofCluster(ClusterStatus cluster) {
    boolean shortage = isShortage(cluster.reason());
    return switch (cluster.reasonCode()) {
      case "BOOTSTRAP_FAILURE" -> Optional.of(FailureKind.BOOTSTRAP);
      case "INTERNAL_ERROR" -> Optional.of(shortage ? FailureKind.CAPACITY : FailureKind.INTERNAL);
      case "INSTANCE_FAILURE" -> Optional.of(FailureKind.INSTANCE);
      case "INSTANCE_FLEET_TIMEOUT" -> Optional.of(FailureKind.CAPACITY);
      case "VALIDATION_ERROR" ->
          Optional.of(shortage ? FailureKind.CAPACITY : FailureKind.VALIDATION);
      default -> Optional.empty();
    };
  }

  /**
   * Whether an attempt is judged only when its failed step's log has come, since nothing else may
   * tell that its Spot instances were taken away, or that a step of the user's own never ran.
   *
   * @param result the job's result file, if there is one
   */
  public static boolean awaitsLog(
      Attempt attempt, Pipeline pipeline, Optional<JobResult> result, Instant now) {
    Duration deadline = pipeline.cluster().stepDeadline();
    Optional<StepStatus> failed = FailureLinks.failedStep(attempt);
    return failed
            .filter(step -> !metDeadline(step, deadline))
            .flatMap(StepStatus::endedAt)
            .filter(end -> end.plus(LOG_AWAITED).isAfter(now))
            .isPresent()
        && attempt.rootCause().isEmpty()
        && result.flatMap(JobResult::failure).isEmpty()
        && (pipeline.cluster().buysSpot(attempt.intent().rung()) || isOwn(pipeline, failed))
        && ofCluster(attempt.cluster().orElseThrow()).isEmpty()
        && ofStep(attempt, pipeline, failed) != FailureKind.INSTANCE;
  }

  /** Whether a step ran for as long as it was allowed to. */
  static boolean metDeadline(StepStatus step, Duration deadline) {
    return step.startedAt().isPresent()
        && step.endedAt().isPresent()
        && !step.startedAt().get().plus(deadline).isAfter(step.endedAt().get());
  }

  /**
   * Why a step failed that left no word of its own. The service's job tells what the user's code
   * did in its result file; where it left none, something else ended it, known or not. A step of
   * the user's own is its code, unless its log tells that none of it ran. What the step ingest is
   * to fetch is the user's, and another cluster would find the same.
   */
  private static FailureKind ofStep(
      Attempt attempt, Pipeline pipeline, Optional<StepStatus> failed) {
    List<String> told = new ArrayList<>(List.of(attempt.cluster().orElseThrow().reason()));
    failed.ifPresent(step -> told.add(step.message()));
    List<String> logged = attempt.rootCause().orElse(List.of());
    if (LostNodes.explain(told) || LostNodes.explain(logged)) {
      return FailureKind.INSTANCE;
    }
    if (Remedy.isIngest(failed)) {
      return FailureKind.USER_CODE;
    }
    if (!pipeline.steps().areOwn()) {
      return FailureKind.INTERNAL;
    }
    told.addAll(logged);
    if (SubmitFailure.lacksCode(told)) {
      return FailureKind.VALIDATION;
    }
    return SubmitFailure.explains(told) ? FailureKind.INTERNAL : FailureKind.USER_CODE;
  }

  private static boolean isOwn(Pipeline pipeline, Optional<StepStatus> failed) {
    return pipeline.steps().areOwn() && !Remedy.isIngest(failed);
  }

  private static boolean isShortage(String words) {
    return SHORTAGE.matcher(words.toLowerCase(Locale.ROOT)).find();
  }
}
