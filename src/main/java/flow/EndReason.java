package flow;

import cluster.LostNodes;
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
import run.Run;
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

  /** Why RunJobFlow was refused. */
  public static Failure refused(Run run, String message, Pipeline pipeline) {
    String said = "EMR refused the cluster: " + message;
    return isShortage(message)
        ? new Failure(FailureKind.CAPACITY, said, Remedy.moreMachines(pipeline))
        : new Failure(
            FailureKind.VALIDATION,
            said,
            "Correct what EMR names in pipelines.%s.cluster.*; then %s"
                .formatted(run.pipeline(), Remedy.retry(run.id())));
  }

  /**
   * Why a cluster ended whose steps did not all do their work (Amazon EMR API reference,
   * ClusterStateChangeReason).
   *
   * @param failed the step that failed, if one did
   */
  static FailureKind kind(Attempt attempt, ClusterStatus cluster, Optional<StepStatus> failed) {
    boolean shortage = isShortage(cluster.reason());
    return switch (cluster.reasonCode()) {
      case "BOOTSTRAP_FAILURE" -> FailureKind.BOOTSTRAP;
      case "INTERNAL_ERROR" -> shortage ? FailureKind.CAPACITY : FailureKind.INTERNAL;
      case "INSTANCE_FAILURE" -> FailureKind.INSTANCE;
      case "INSTANCE_FLEET_TIMEOUT" -> FailureKind.CAPACITY;
      case "VALIDATION_ERROR" -> shortage ? FailureKind.CAPACITY : FailureKind.VALIDATION;
      case "USER_REQUEST" ->
          failed.isPresent() ? ofStep(attempt, cluster, failed) : FailureKind.CANCELLED;
      case "STEP_FAILURE" -> ofStep(attempt, cluster, failed);
      default -> failed.isPresent() ? ofStep(attempt, cluster, failed) : FailureKind.INTERNAL;
    };
  }

  /**
   * Whether an attempt is judged only when its failed step's log has come: the step may have failed
   * since its Spot instances were taken away, and nothing but the log may tell that.
   *
   * @param result the job's result file, if there is one
   */
  public static boolean awaitsLog(
      Attempt attempt, Pipeline pipeline, Optional<JobResult> result, Instant now) {
    Optional<StepStatus> failed = Evidence.failedStep(attempt);
    return failed
            .flatMap(StepStatus::endedAt)
            .filter(end -> end.plus(LOG_AWAITED).isAfter(now))
            .isPresent()
        && attempt.rootCause().isEmpty()
        && result.flatMap(JobResult::failure).isEmpty()
        && pipeline.cluster().buysSpot(attempt.intent().rung())
        && kind(attempt, attempt.cluster().orElseThrow(), failed) == FailureKind.USER_CODE;
  }

  /** A step that failed since its machines were taken away is no fault of what it ran. */
  private static FailureKind ofStep(
      Attempt attempt, ClusterStatus cluster, Optional<StepStatus> failed) {
    List<String> told = new ArrayList<>(List.of(cluster.reason()));
    failed.ifPresent(step -> told.add(step.message()));
    return LostNodes.explain(told) || LostNodes.explain(attempt.rootCause().orElse(List.of()))
        ? FailureKind.INSTANCE
        : FailureKind.USER_CODE;
  }

  private static boolean isShortage(String words) {
    return SHORTAGE.matcher(words.toLowerCase(Locale.ROOT)).find();
  }
}
