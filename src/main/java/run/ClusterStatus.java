package run;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A cluster as EMR last showed it.
 *
 * @param state its state, as EMR names it
 * @param reasonCode EMR's state change reason code, empty if there is none
 * @param reason EMR's state change message, empty if there is none
 * @param bootstrappingSince when the service first saw it BOOTSTRAPPING, by the service's clock;
 *     EMR does not report it
 * @param readyAt when its steps could begin
 * @param endedAt when it had terminated
 * @param steps its steps in the order of their submission; empty until they were first listed
 */
public record ClusterStatus(
    ClusterState state,
    String reasonCode,
    String reason,
    Optional<Instant> bootstrappingSince,
    Optional<Instant> readyAt,
    Optional<Instant> endedAt,
    List<StepStatus> steps) {

  public ClusterStatus {
    steps = List.copyOf(steps);
  }

  /** A cluster that EMR does not know any more. */
  public static ClusterStatus forgotten() {
    return new ClusterStatus(
        ClusterState.TERMINATED,
        "",
        "EMR does not know the cluster any more",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  /** The same cluster with its listed steps. */
  public ClusterStatus with(List<StepStatus> shown) {
    return new ClusterStatus(
        state, reasonCode, reason, bootstrappingSince, readyAt, endedAt, shown);
  }

  /** The same cluster as it was shown at that time. */
  public ClusterStatus shownAt(Instant time) {
    return state == ClusterState.BOOTSTRAPPING ? bootstrapping(Optional.of(time)) : this;
  }

  /** The same cluster with what was known of it before and EMR does not report. */
  ClusterStatus after(ClusterStatus before) {
    return bootstrapping(before.bootstrappingSince.or(() -> bootstrappingSince));
  }

  private ClusterStatus bootstrapping(Optional<Instant> since) {
    return new ClusterStatus(state, reasonCode, reason, since, readyAt, endedAt, steps);
  }

  /** When the last step ended, if all have. */
  public Optional<Instant> lastStepEndedAt() {
    return stepsEnded()
        ? steps.stream().flatMap(step -> step.endedAt().stream()).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  /** Whether there are steps and all of them have ended. */
  public boolean stepsEnded() {
    return !steps.isEmpty() && steps.stream().allMatch(step -> step.state().isEnded());
  }

  /** Whether there are steps and all of them have completed. */
  public boolean stepsCompleted() {
    return stepsEnded() && steps.stream().allMatch(step -> step.state() == StepState.COMPLETED);
  }
}
