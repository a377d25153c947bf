package actions;

import curated.RunPaths;
import flow.RunRequests;
import inflight.ExpectedResults.Question;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import pipeline.Pipelines;
import run.Attempt;

/**
 * Awaits the result files of jobs that should end soon. One that is there brings the question to
 * EMR forward, whether the step has ended; it decides nothing.
 */
@ApplicationScoped
public class AwaitResults {

  private static final Logger LOG = Logger.getLogger(AwaitResults.class);

  /** While S3 does not answer, its health is probed elsewhere, and no run depends on these. */
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final InFlight inFlight;
  private final Pipelines pipelines;
  private final Clock clock;
  private volatile Instant pausedUntil = Instant.MIN;

  AwaitResults(InFlight inFlight, Pipelines pipelines, Clock clock) {
    this.inFlight = inFlight;
    this.pipelines = pipelines;
    this.clock = clock;
  }

  /**
   * An attempt whose result may be there.
   *
   * @param attempt which
   * @param address where its result will be
   */
  public record Expected(Attempt.Intent attempt, ReadWritten.Address address) {}

  /** Those that S3 is to be asked for now. */
  public List<Expected> due() {
    return mayAsk()
        ? inFlight.expectedResults().due(clock.instant()).stream()
            .flatMap(question -> expected(question).stream())
            .toList()
        : List.of();
  }

  private Optional<Expected> expected(Question question) {
    Attempt.Intent attempt = question.attempt();
    return pipelines
        .find(question.pipeline())
        .map(pipeline -> RunRequests.paths(pipeline, attempt.run()))
        .map(paths -> new Expected(attempt, address(paths, attempt.number())));
  }

  private static ReadWritten.Address address(RunPaths paths, int attempt) {
    return new ReadWritten.Address(paths.settings().bucket(), paths.resultKey(attempt));
  }

  /** Whether S3 is asked now: not for a while after it has not answered. */
  public boolean mayAsk() {
    return !pausedUntil.isAfter(clock.instant());
  }

  /** The attempt's result is there. */
  public void isThere(Expected expected) {
    inFlight.expectedResults().written(expected.attempt(), clock.instant());
  }

  /** S3 has not answered, or forbids the question; the steps' ends are learnt from EMR alone. */
  public void isUnanswered(Throwable cause) {
    LOG.debugf(cause, "Cannot ask S3 for results, will try again in %s", PAUSE);
    pausedUntil = clock.instant().plus(PAUSE);
  }
}
