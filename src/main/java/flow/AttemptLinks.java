package flow;

import cluster.diagnosis.ClusterLogs;
import cluster.diagnosis.Console;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import run.Attempt;
import run.ClusterStatus;
import run.FailureKind;
import run.Link;
import run.StepState;
import run.StepStatus;

/** Links to the pages that show what became of an attempt, and why it failed. */
@ApplicationScoped
public class AttemptLinks {

  /**
   * How long after a step's end the service waits for its log; EMR delivers it about five minutes
   * late (Amazon EMR Management Guide, "View log files").
   */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Console console;

  AttemptLinks(Console console) {
    this.console = console;
  }

  /** The page of an attempt's cluster, once it is known. */
  public Optional<Link> clusterPage(Attempt attempt) {
    return attempt.clusterId().map(console::cluster);
  }

  /**
   * The pages of an attempt's cluster, of the logs of each step that has begun, and of what failed
   * besides, as far as they exist.
   */
  public List<Link> links(Attempt attempt) {
    List<Link> links = new ArrayList<>(clusterPage(attempt).stream().toList());
    attempt
        .clusterId()
        .map(id -> ClusterLogs.of(attempt.intent().logUri(), id))
        .ifPresent(
            logs -> {
              List<StepStatus> begun = begun(attempt);
              begun.forEach(step -> links.add(console.stepLogs(logs, step.id())));
              if (!begun.isEmpty()) {
                links.add(console.containerLogs(logs));
              }
              if (failedInBootstrap(attempt)) {
                String reason = attempt.cluster().map(ClusterStatus::reason).orElse("");
                links.add(console.bootstrapLogs(logs, reason));
              }
            });
    return links;
  }

  /** The page of a step's logs, once its cluster is known. */
  public Optional<Link> stepLogs(Attempt attempt, String step) {
    return attempt
        .clusterId()
        .map(id -> console.stepLogs(ClusterLogs.of(attempt.intent().logUri(), id), step));
  }

  /** A step that was cancelled before it began has no log. */
  private static List<StepStatus> begun(Attempt attempt) {
    return attempt.cluster().map(ClusterStatus::steps).orElse(List.of()).stream()
        .filter(step -> step.startedAt().isPresent())
        .toList();
  }

  private static boolean failedInBootstrap(Attempt attempt) {
    return attempt.failure().filter(why -> why.kind() == FailureKind.BOOTSTRAP).isPresent();
  }

  /** The step that failed, if one did. */
  public static Optional<StepStatus> failedStep(Attempt attempt) {
    return attempt.cluster().map(ClusterStatus::steps).orElse(List.of()).stream()
        .filter(step -> step.state() == StepState.FAILED || step.state() == StepState.INTERRUPTED)
        .findFirst();
  }

  /** Whether the log of the failed step or bootstrap action may still arrive. */
  public static boolean isAwaited(Attempt attempt, Instant now) {
    return failedStep(attempt)
        .flatMap(StepStatus::endedAt)
        .or(() -> attempt.cluster().flatMap(ClusterStatus::endedAt))
        .map(ended -> ended.plus(PATIENCE).isAfter(now))
        .orElse(!attempt.clusterIsGone());
  }
}
