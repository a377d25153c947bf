package routes;

import cluster.ThrottledException;
import flow.Claims.Trouble;
import flow.Leg;
import flow.LogAwaitedException;
import flow.Patience;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.Attempt;
import run.Outcome;
import run.Run;
import store.RunStore;
import store.StaleVersionException;
import warehouse.LoadRefusedException;

/** What happens to a run's claim when a leg is done or has failed. */
@ApplicationScoped
class LegEnd {

  private static final Logger LOG = Logger.getLogger(LegEnd.class);

  private static final Duration LOG_PAUSE = Duration.ofSeconds(15);

  private final RunStore runs;
  private final Pipelines pipelines;
  private final Work work;
  private final ServiceSettings settings;
  private final Clock clock;

  LegEnd(RunStore runs, Pipelines pipelines, Work work, ServiceSettings settings, Clock clock) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.work = work;
    this.settings = settings;
    this.clock = clock;
  }

  void done(Leg leg) {
    Instant now = clock.instant();
    freeTable(leg, now);
    if (leg instanceof Leg.Terminate terminate) {
      work.terminations().forget(terminate.attempt().intent());
    } else if (leg instanceof Leg.Close) {
      work.runs().forget(leg.open().run().id());
    } else {
      work.runs().release(leg.open().run().id(), now, now);
    }
  }

  void failed(Leg leg, Throwable cause) {
    Run run = leg.open().run();
    Instant now = clock.instant();
    freeTable(leg, now);
    if (leg instanceof Leg.Terminate terminate) {
      notTerminated(terminate, cause, now);
      return;
    }
    Throwable root = root(cause);
    if (root instanceof StaleVersionException || root instanceof ThrottledException) {
      // Nobody's failure: what is true now is read again, or the quota's next token is waited for.
      work.runs().release(run.id(), now, now);
      return;
    }
    if (cause instanceof LogAwaitedException) {
      work.runs().release(run.id(), now.plus(LOG_PAUSE), now);
      return;
    }
    String message = "Cannot %s for run %s: %s".formatted(words(leg), run.id(), reason(cause));
    LOG.warn(message);
    Trouble trouble = work.runs().fail(run.id(), message, now);
    end(run, root, trouble, now).ifPresent(end -> giveUp(run, end));
  }

  private Optional<Outcome> end(Run run, Throwable cause, Trouble trouble, Instant now) {
    return cause instanceof LoadRefusedException refusal
        ? Optional.of(Patience.refused(run, refusal))
        : pipelines
            .find(run.pipeline())
            .flatMap(pipeline -> Patience.end(run, pipeline, trouble, settings.giveUpAfter(), now));
  }

  private void freeTable(Leg leg, Instant now) {
    if (leg instanceof Leg.OnTable) {
      work.loads().release(leg.open().run().pipeline(), now, now);
    }
  }

  /** A termination that had no token waits for the next one. */
  void later(Leg.Terminate leg) {
    Instant now = clock.instant();
    work.terminations().release(leg.attempt().intent(), now, now);
  }

  /** It is repeated for ever: a cluster that is not wanted must end. */
  private void notTerminated(Leg.Terminate leg, Throwable cause, Instant now) {
    Attempt.Intent attempt = leg.attempt().intent();
    if (cause instanceof StaleVersionException || cause instanceof ThrottledException) {
      work.terminations().release(attempt, now, now);
      return;
    }
    String message =
        "Cannot terminate cluster %s of run %s: %s"
            .formatted(leg.attempt().clusterId().orElseThrow(), attempt.run(), reason(cause));
    LOG.warn(message);
    work.terminations().fail(attempt, message, now);
  }

  /** Its end waits for no pause: a person may retry it as soon as it is FAILED. */
  private void giveUp(Run run, Outcome end) {
    try {
      runs.save(run, run.decide(end));
      Instant now = clock.instant();
      work.runs().release(run.id(), now, now);
    } catch (RuntimeException e) {
      LOG.warnf("Cannot give up run %s yet: %s", run.id(), reason(e));
    }
  }

  private static String words(Leg leg) {
    return leg.getClass()
        .getSimpleName()
        .replaceAll("([a-z])([A-Z])", "$1 $2")
        .toLowerCase(Locale.ROOT);
  }

  /**
   * Camel wraps what a nested route throws; the innermost message is the one that says something.
   */
  static String reason(Throwable failure) {
    Throwable root = root(failure);
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.replaceAll("\\s*\\n\\s*", " ");
  }

  private static Throwable root(Throwable failure) {
    Throwable root = failure;
    while (root instanceof CamelExecutionException && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
