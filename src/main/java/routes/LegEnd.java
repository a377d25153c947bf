package routes;

import flow.NextStep;
import flow.ServiceSettings;
import flow.Work;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.jboss.logging.Logger;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunState;
import store.RunStore;
import store.StaleVersionException;

/** What happens to a run's claim when a leg is done or has failed. */
@ApplicationScoped
class LegEnd {

  /** The exchange property that holds the leg's {@link NextStep}. */
  static final String STEP = "step";

  private static final Logger LOG = Logger.getLogger(LegEnd.class);
  private static final Duration BETWEEN_TERMINATIONS = Duration.ofSeconds(30);

  private final RunStore runs;
  private final Work work;
  private final ServiceSettings settings;
  private final Clock clock;

  LegEnd(RunStore runs, Work work, ServiceSettings settings, Clock clock) {
    this.runs = runs;
    this.work = work;
    this.settings = settings;
    this.clock = clock;
  }

  static <S extends NextStep> S step(Exchange exchange, Class<S> type) {
    return type.cast(exchange.getProperty(STEP));
  }

  void done(Exchange exchange) {
    NextStep step = step(exchange, NextStep.class);
    Instant now = clock.instant();
    if (step instanceof NextStep.Close) {
      work.runs().forget(step.open().run().id());
    } else {
      Instant due = step instanceof NextStep.Terminate ? now.plus(BETWEEN_TERMINATIONS) : now;
      work.runs().release(step.open().run().id(), due);
    }
  }

  void failed(Exchange exchange) {
    NextStep step = step(exchange, NextStep.class);
    Exception cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    Run run = step.open().run();
    Instant now = clock.instant();
    if (cause instanceof StaleVersionException) {
      work.runs().release(run.id(), now);
      return;
    }
    String message = "Cannot %s for run %s: %s".formatted(words(step), run.id(), reason(cause));
    LOG.warn(message);
    work.runs().fail(run.id(), message, now);
    if (run.outcome().isEmpty() && run.stateSince().plus(settings.giveUpAfter()).isBefore(now)) {
      giveUp(run, message);
    }
  }

  private void giveUp(Run run, String message) {
    FailureKind kind =
        run.state() == RunState.LOADING ? FailureKind.WAREHOUSE : FailureKind.INTERNAL;
    try {
      runs.save(
          run,
          run.decide(
              Outcome.failed(
                  new Failure(
                      kind,
                      message,
                      "It was tried for %s (service.give-up-after); mend the cause and run the objects again"
                          .formatted(settings.giveUpAfter())))));
    } catch (RuntimeException e) {
      LOG.warnf("Cannot give up run %s yet: %s", run.id(), e.getMessage());
    }
  }

  private static String words(NextStep step) {
    String name = step.getClass().getSimpleName();
    return name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * Camel wraps what a nested route throws; the innermost message is the one that says something.
   */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root instanceof CamelExecutionException && root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage()).replaceAll("\\s*\\n\\s*", " ");
  }
}
