package flow;

import java.util.Optional;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.OpenRun;
import run.Run;
import run.StepState;
import run.StepStatus;

/**
 * What the service does for a run now, or what the run waits for: a clause without a full stop,
 * that may stand alone or behind a comma.
 */
public final class Progress {

  private Progress() {}

  /**
   * The clause; empty for a run that has ended.
   *
   * @param place its place in the launch queue, if it waits there
   */
  public static Optional<String> of(OpenRun open, Optional<Integer> place) {
    Run run = open.run();
    if (run.outcome().isPresent() && !run.state().isFinal()) {
      return Optional.of(ending(open));
    }
    return switch (run.state()) {
      case COLLECTED ->
          Optional.of(
              run.isToBeFetched()
                  ? "its object is being fetched"
                  : "its manifest is being written");
      case QUEUED ->
          Optional.of(
              "it waits for a cluster"
                  + place
                      .map(number -> ", place %d in the launch queue".formatted(number))
                      .orElse(""));
      case PROCESSING -> Optional.of(processing(open.lastAttempt().orElseThrow()));
      case LOADING ->
          Optional.of(
              run.mayBeInTable()
                  ? "its files are being registered in the table and proven"
                  : "its table is being prepared; no file is registered yet");
      case SUCCEEDED, FAILED, CANCELLED, NO_DATA -> Optional.empty();
    };
  }

  private static String ending(OpenRun open) {
    String end = "it will be %s: ".formatted(open.run().outcome().orElseThrow().state());
    if (open.run().isToBeWithdrawn()) {
      return end + "its files are being taken out of the table";
    }
    return end
        + open.attempts().stream()
            .filter(attempt -> attempt.state() != AttemptState.ENDED)
            .findFirst()
            .map(Progress::ending)
            .orElse("every cluster of it is gone");
  }

  private static String ending(Attempt attempt) {
    if (attempt.clusterId().isEmpty()) {
      return attempt
          .calledAt()
          .map(
              called ->
                  "RunJobFlow was sent at %s, and cluster '%s' is looked for"
                      .formatted(called, attempt.clusterName()))
          .orElse("no cluster was asked for");
    }
    String cluster = "cluster " + attempt.clusterId().get();
    if (attempt.clusterIsGone()) {
      return cluster + " is gone";
    }
    String shown =
        attempt
            .cluster()
            .map(status -> ", EMR shows it as %s".formatted(status.state()))
            .orElse("");
    return attempt
        .endAskedAt()
        .map(asked -> "termination of %s requested at %s%s".formatted(cluster, asked, shown))
        .orElseGet(
            () ->
                attempt.state() == AttemptState.ENDING
                    ? cluster + " ends by itself after its last step" + shown
                    : cluster + " is to be terminated" + shown);
  }

  private static String processing(Attempt attempt) {
    if (attempt.failure().isPresent()) {
      return "attempt %d has failed (%s), and the service decides whether another follows"
          .formatted(attempt.number(), attempt.failure().get().kind());
    }
    if (attempt.clusterId().isEmpty()) {
      return attempt.calledAt().isPresent()
          ? ending(attempt)
          : "EMR is asked for the cluster of attempt " + attempt.number();
    }
    return "cluster %s%s"
        .formatted(
            attempt.clusterId().get(),
            attempt.cluster().map(Progress::words).orElse(" is being created"));
  }

  private static String words(ClusterStatus cluster) {
    return cluster.steps().stream()
        .filter(step -> step.state() == StepState.RUNNING)
        .findFirst()
        .map(step -> " is %s; its step %s%s".formatted(cluster.state(), step.name(), begun(step)))
        .orElse(" is " + cluster.state());
  }

  private static String begun(StepStatus step) {
    return step.startedAt().map(" began at %s"::formatted).orElse(" runs");
  }
}
