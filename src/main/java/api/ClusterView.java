package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.Link;
import run.StepState;
import run.StepStatus;

/**
 * The cluster of an attempt that has not ended, in the API.
 *
 * @param id EMR's id, once it is known
 * @param name the cluster's name
 * @param pipeline whose it is
 * @param run the run that it works for
 * @param attempt the number of the run's attempt, 1 for the first
 * @param state the attempt's state
 * @param clusterState its state, as EMR last named it
 * @param since when RunJobFlow was sent, or, before that, when the attempt was recorded
 * @param readyAt when its steps could begin
 * @param step the name of the step that is running
 * @param console its page in AWS's console
 */
@RegisterForReflection
public record ClusterView(
    Optional<String> id,
    String name,
    String pipeline,
    String run,
    int attempt,
    AttemptState state,
    Optional<String> clusterState,
    Instant since,
    Optional<Instant> readyAt,
    Optional<String> step,
    Optional<Link> console) {

  static ClusterView of(String pipeline, Attempt attempt, Optional<Link> console) {
    return new ClusterView(
        attempt.clusterId(),
        attempt.clusterName(),
        pipeline,
        attempt.run().value(),
        attempt.number(),
        attempt.state(),
        attempt.cluster().map(ClusterStatus::state).map(Enum::name),
        attempt.calledAt().orElse(attempt.intent().intendedAt()),
        attempt.cluster().flatMap(ClusterStatus::readyAt),
        attempt.cluster().map(ClusterStatus::steps).orElse(List.of()).stream()
            .filter(step -> step.state() == StepState.RUNNING)
            .map(StepStatus::name)
            .findFirst(),
        console);
  }
}
