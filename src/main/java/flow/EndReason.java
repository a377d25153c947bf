package flow;

import cluster.diagnosis.LostNodes;
import cluster.diagnosis.SubmitFailure;
import cluster.request.Template;
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

/** Classifies EMR's reasons for ending or refusing a cluster. */
public final class EndReason {

  /**
   * Shortages that another instance type, subnet or market may not have. EMR passes on EC2's
   * messages (Amazon EC2 API reference, "Error codes": {@code InsufficientFreeAddressesInSubnet},
   * {@code MaxSpotInstanceCountExceeded}, {@code SpotMaxPriceTooLow}, {@code VcpuLimitExceeded},
   * {@code Unsupported}), and reports a shortage and an exhausted quota only in its message.
   */
  private static final Pattern SHORTAGE =
      Pattern.compile(
          "capacity|vcpu|limit ?exceeded|instance limit|quota|count ?exceeded"
              + "|free (?:ip )?addresses|available ip addresses"
              + "|not supported in (?:the|your) requested availability zone"
              + "|spot (?:request |instance )?price|spotmaxpricetoolow");

  /**
   * Members of a request and their values that have the word, and that EMR quotes when it refuses
   * what they say.
   */
  private static final Pattern NAMES =
      Pattern.compile(
          "(?:target|weighted|minimum|maximum)\\w*capacity\\w*|capacityreservation\\w*"
              + "|[\\w-]*capacity-optimized[\\w-]*",
          Pattern.CASE_INSENSITIVE);

  /** Twice the time that EMR usually takes to deliver a log. */
  static final Duration LOG_AWAITED = Duration.ofMinutes(10);

  private EndReason() {}

  /**
   * Why RunJobFlow was refused.
   *
   * @param message EMR's words
   */
  public static Failure refused(Attempt attempt, String message, Pipeline pipeline) {
    Template asked = pipeline.cluster().template(attempt.intent().rung());
    String said = "EMR refused the cluster: " + asked.withoutSecrets(message);
    return isShortage(NAMES.matcher(message).replaceAll(""))
        ? new Failure(FailureKind.CAPACITY, said, Remedy.moreMachines(pipeline))
        : new Failure(FailureKind.VALIDATION, said, Remedy.ofRequest(attempt, pipeline, message));
  }

  /**
   * Why a cluster ended whose steps did not all complete (Amazon EMR API reference,
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

  /** The failure kind of EMR's reason alone, whatever the steps did; empty if it has none. */
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
   * Whether an attempt is judged only when its failed step's log has arrived, because nothing else
   * may show that its Spot instances were reclaimed, or that a user's own step never ran.
   *
   * @param result the job's result file, if there is one
   */
  public static boolean awaitsLog(
      Attempt attempt, Pipeline pipeline, Optional<JobResult> result, Instant now) {
    Duration deadline = pipeline.cluster().stepDeadline();
    Optional<StepStatus> failed = AttemptLinks.failedStep(attempt);
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

  /** Whether a step ran until its deadline. */
  static boolean metDeadline(StepStatus step, Duration deadline) {
    return step.startedAt().isPresent()
        && step.endedAt().isPresent()
        && !step.startedAt().get().plus(deadline).isAfter(step.endedAt().get());
  }

  /**
   * Why a step failed that left no result file. The service's job reports failures of the user's
   * code in its result file; without one, something else ended it. A user's own step is the user's
   * code, unless its log shows that none of it ran. The step ingest fetches the user's source, and
   * another cluster would meet the same.
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
