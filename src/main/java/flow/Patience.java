package flow;

import flow.Claims.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunState;

/** How long a leg that fails is repeated, and how often one that does not answer at once. */
public final class Patience {

  private static final Duration BETWEEN_TERMINATIONS = Duration.ofSeconds(30);

  private Patience() {}

  /**
   * The run's end, if a leg of it has failed for too long. A run whose end is known already is
   * never given up: its clusters still have to be seen gone.
   *
   * @param trouble the failures in a row
   * @param giveUpAfter how long a leg is repeated
   */
  public static Optional<Outcome> end(Run run, Trouble trouble, Duration giveUpAfter, Instant now) {
    if (run.outcome().isPresent() || trouble.since().plus(giveUpAfter).isAfter(now)) {
      return Optional.empty();
    }
    FailureKind kind =
        run.state() == RunState.LOADING ? FailureKind.WAREHOUSE : FailureKind.INTERNAL;
    return Optional.of(
        Outcome.failed(
            new Failure(
                kind,
                trouble.message(),
                "It was tried for %s (service.give-up-after); mend the cause and replay the run (POST /api/runs/{id}/replay)"
                    .formatted(giveUpAfter))));
  }

  /**
   * When a run is due again after a leg that has done its work. EMR takes its time to terminate a
   * cluster.
   */
  public static Instant due(Leg done, Instant now) {
    return done instanceof Leg.Terminate ? now.plus(BETWEEN_TERMINATIONS) : now;
  }
}
