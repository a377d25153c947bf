package actions;

import cluster.emr.ThrottledException;
import flow.Action;
import flow.GiveUpPolicy;
import flow.LogAwaitedException;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.Attempt;
import run.Outcome;
import run.RepeatedFailure;
import run.Run;
import store.RunStore;
import store.StaleVersionException;
import warehouse.LoadRefusedException;

/** What happens to a run's claim when an action is done or has failed. */
@ApplicationScoped
public class ActionOutcome {

  private static final Logger LOG = Logger.getLogger(ActionOutcome.class);

  private static final String CAMEL = "org.apache.camel.";

  private static final Duration LOG_PAUSE = Duration.ofSeconds(15);

  private final RunStore runs;
  private final Pipelines pipelines;
  private final InFlight inFlight;
  private final ServiceSettings settings;
  private final Clock clock;

  ActionOutcome(
      RunStore runs,
      Pipelines pipelines,
      InFlight inFlight,
      ServiceSettings settings,
      Clock clock) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.inFlight = inFlight;
    this.settings = settings;
    this.clock = clock;
  }

  /** The action was done: its run is due for the next one. */
  public void done(Action action) {
    Instant now = clock.instant();
    freeTable(action, now);
    if (action instanceof Action.Terminate terminate) {
      inFlight.terminations().forget(terminate.attempt().intent());
    } else if (action instanceof Action.Close) {
      inFlight.runs().forget(action.open().run().id());
    } else {
      inFlight.runs().release(action.open().run().id(), now, now);
    }
  }

  /** The action failed: it is repeated after a pause, unless no repetition can fix it. */
  public void failed(Action action, Throwable cause) {
    Run run = action.open().run();
    Instant now = clock.instant();
    freeTable(action, now);
    Throwable root = root(cause);
    if (action instanceof Action.Terminate terminate) {
      notTerminated(terminate, root, now);
      return;
    }
    if (root instanceof StaleVersionException || root instanceof ThrottledException) {
      // No failure: the run is read again, or waits for the quota's next token.
      inFlight.runs().release(run.id(), now, now);
      return;
    }
    if (root instanceof LogAwaitedException) {
      inFlight.runs().release(run.id(), now.plus(LOG_PAUSE), now);
      return;
    }
    String message = "Cannot %s for run %s: %s".formatted(words(action), run.id(), reason(cause));
    LOG.warn(message);
    RepeatedFailure trouble = inFlight.runs().fail(run.id(), message, now);
    end(run, root, trouble, now).ifPresent(end -> giveUp(run, end));
  }

  private Optional<Outcome> end(Run run, Throwable cause, RepeatedFailure trouble, Instant now) {
    return cause instanceof LoadRefusedException refusal
        ? Optional.of(GiveUpPolicy.refused(run, refusal))
        : pipelines
            .find(run.pipeline())
            .flatMap(
                pipeline -> GiveUpPolicy.end(run, pipeline, trouble, settings.giveUpAfter(), now));
  }

  private void freeTable(Action action, Instant now) {
    if (action instanceof Action.OnTable) {
      inFlight.loads().release(action.open().run().pipeline(), now, now);
    }
  }

  /** A termination that had no token waits for the next one. */
  public void later(Action.Terminate action) {
    Instant now = clock.instant();
    inFlight.terminations().release(action.attempt().intent(), now, now);
  }

  /** It is repeated for ever: a cluster that no run needs must end. */
  private void notTerminated(Action.Terminate action, Throwable cause, Instant now) {
    Attempt.Intent attempt = action.attempt().intent();
    if (cause instanceof StaleVersionException || cause instanceof ThrottledException) {
      inFlight.terminations().release(attempt, now, now);
      return;
    }
    String message =
        "Cannot terminate cluster %s of run %s: %s"
            .formatted(action.attempt().clusterId().orElseThrow(), attempt.run(), reason(cause));
    LOG.warn(message);
    inFlight.terminations().fail(attempt, message, now);
  }

  /** Ends the run without a pause: an operator may retry it as soon as it is FAILED. */
  private void giveUp(Run run, Outcome end) {
    try {
      runs.save(run, run.decide(end));
      Instant now = clock.instant();
      inFlight.runs().release(run.id(), now, now);
    } catch (RuntimeException e) {
      LOG.warnf("Cannot give up run %s yet: %s", run.id(), reason(e));
    }
  }

  private static String words(Action action) {
    return action
        .getClass()
        .getSimpleName()
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * A failure in one line. Camel wraps what a nested route throws; the first cause that is not
   * Camel's has the useful message.
   */
  public static String reason(Throwable failure) {
    Throwable root = root(failure);
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.replaceAll("\\s*\\n\\s*", " ");
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root.getClass().getName().startsWith(CAMEL) && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
