package flow;

import cluster.request.WrittenDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import pipeline.Pipeline;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.RepeatedFailure;
import run.Run;
import run.RunState;
import warehouse.LoadRefusedException;

/** How long a failing action is repeated. */
public final class GiveUpPolicy {

  private GiveUpPolicy() {}

  /**
   * The run's end, if an action of it has failed for too long. A run whose end is decided is never
   * given up, because its clusters must still be seen to end.
   *
   * @param pipeline the run's pipeline
   * @param trouble its failures in a row
   * @param giveUpAfter how long an action other than a load is repeated
   */
  public static Optional<Outcome> end(
      Run run, Pipeline pipeline, RepeatedFailure trouble, Duration giveUpAfter, Instant now) {
    boolean loads = run.state() == RunState.LOADING;
    Duration patience = loads ? pipeline.warehouse().giveUpAfter() : giveUpAfter;
    if (run.outcome().isPresent() || trouble.since().plus(patience).isAfter(now)) {
      return Optional.empty();
    }
    String property =
        loads
            ? "pipelines.%s.warehouse.give-up-after".formatted(pipeline.name())
            : "service.give-up-after";
    return Optional.of(
        Outcome.failed(
            new Failure(
                loads ? FailureKind.WAREHOUSE : FailureKind.INTERNAL,
                trouble.message(),
                "It was tried for %s (%s); fix the cause and %s"
                    .formatted(
                        new WrittenDuration(patience),
                        property,
                        loads
                            ? Remedy.afterLoad(run)
                            : Remedy.retry(run.id()) + ", which continues where it failed"))));
  }

  /**
   * The end of a run whose load can never succeed; it is not repeated.
   *
   * @param refusal the reason, and what to change
   */
  public static Outcome refused(Run run, LoadRefusedException refusal) {
    return Outcome.failed(
        new Failure(
            FailureKind.WAREHOUSE,
            refusal.getMessage(),
            "%s; then %s".formatted(refusal.wayOut(), Remedy.afterLoad(run))));
  }
}
