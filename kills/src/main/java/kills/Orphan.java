package kills;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import kills.Undisturbed.Occurrence;
import localcloud.Cloud;
import localcloud.process.Failure;
import localcloud.process.Workplace;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.StepState;

/**
 * The service is dead for good: it is killed when it has launched a cluster whose step hangs, and
 * never started again. What it told EMR at the launch must be enough to end the cluster.
 */
final class Orphan {

  /** Deadline of the step that hangs. */
  static final Duration STEP_DEADLINE = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long LOOK_MILLIS = 100;

  private final Cloud cloud;
  private final Control control;
  private final Victim victim;
  private final Campaign campaign;

  Orphan(Cloud cloud, Victim victim, Campaign campaign) {
    this.cloud = cloud;
    this.control = new Control(cloud.control());
    this.victim = victim;
    this.campaign = campaign;
  }

  /** The lines of its configuration that other lanes do not have. */
  static List<String> settings(Lane lane) {
    return List.of(
        "pipelines.%s.cluster.step-deadline=%ds".formatted(lane.name(), STEP_DEADLINE.toSeconds()));
  }

  /**
   * Plays it.
   *
   * @param launch the call that launches a cluster
   * @return how the cluster ended, in one line
   * @throws Failure if it did not, or if its step did not hang
   */
  String play(Lane lane, Occurrence launch) throws Failure, IOException, InterruptedException {
    control.order(control.hangingStep(lane.name()));
    control.order(
        control.kill(
            launch.point(Point.When.ANSWERED, new Random(0)), lane.name(), 0, victim.pid()));
    campaign.land(lane);
    await("the service was not killed at RunJobFlow", victim::isDead);
    await("the orphaned cluster has not ended", () -> cluster(lane).isGone());
    Seen seen = cluster(lane);
    if (!seen.steps().equals(List.of(StepState.FAILED))) {
      throw new Failure(
          "the step of the orphaned cluster %s ought to hang and to fail at its deadline; it is %s"
              .formatted(seen.id(), seen.steps()));
    }
    return "cluster %s was left alone with a step that hung, and is %s"
        .formatted(seen.id(), seen.state());
  }

  private record Seen(String id, String state, List<StepState> steps) {
    boolean isGone() {
      return state.startsWith("TERMINATED");
    }
  }

  private Seen cluster(Lane lane) {
    try (EmrClient emr = cloud.emrClient()) {
      for (ClusterSummary cluster : emr.listClustersPaginator(request -> {}).clusters()) {
        if (cluster.name().contains(lane.name())) {
          return new Seen(
              cluster.id(),
              cluster.status().stateAsString(),
              emr.listSteps(request -> request.clusterId(cluster.id())).steps().stream()
                  .map(step -> step.status().state())
                  .toList());
        }
      }
      return new Seen("none", "not listed", List.of());
    }
  }

  private static void await(String trouble, Workplace.Question question)
      throws Failure, IOException, InterruptedException {
    long start = System.nanoTime();
    while (!question.isAnsweredYes()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new Failure("%s after %d s".formatted(trouble, PATIENCE.toSeconds()));
      }
      Workplace.pause(LOOK_MILLIS);
    }
  }
}
