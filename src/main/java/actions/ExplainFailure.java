package actions;

import cluster.diagnosis.ClusterLogs;
import cluster.diagnosis.RootCause;
import flow.AttemptLinks;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jboss.logging.Logger;
import run.Attempt;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;
import store.RunStore;
import store.StaleVersionException;
import store.StoreException;

/**
 * Finds in its log why a step or a bootstrap action failed. EMR delivers the log minutes after the
 * step's end, when the run may already be FAILED.
 */
@ApplicationScoped
public class ExplainFailure {

  private static final Logger LOG = Logger.getLogger(ExplainFailure.class);

  private static final int MOST_AT_ONCE = 20;

  private final S3Client s3;
  private final RunStore runs;
  private final InFlight inFlight;
  private final Clock clock;

  ExplainFailure(S3Client s3, RunStore runs, InFlight inFlight, Clock clock) {
    this.s3 = s3;
    this.runs = runs;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** Claims and returns the attempts whose log is due to be read. */
  public List<Attempt> due() {
    Instant now = clock.instant();
    return runs.unexplained(MOST_AT_ONCE).stream()
        .filter(attempt -> inFlight.logs().claim(attempt.intent(), now))
        .toList();
  }

  /**
   * Where to find the log that explains the attempt's failure.
   *
   * @throws NoSuchKeyException if it is a bootstrap action's log, and no action has left one
   */
  public ReadWritten.Address log(Attempt attempt) {
    ClusterLogs logs = ClusterLogs.of(attempt.intent().logUri(), attempt.clusterId().orElseThrow());
    return new ReadWritten.Address(
        logs.bucket(),
        AttemptLinks.failedStep(attempt)
            .map(step -> logs.stderrKey(step.id()))
            .or(() -> attempt.cluster().flatMap(it -> logs.bootstrapStderrKey(it.reason())))
            .orElseGet(() -> lastOfBootstrap(logs)));
  }

  /** If EMR names no bootstrap action, the one that wrote last is the one that failed. */
  private String lastOfBootstrap(ClusterLogs logs) {
    return s3
        .listObjectsV2Paginator(request -> request.bucket(logs.bucket()).prefix(logs.nodesFolder()))
        .contents()
        .stream()
        .filter(object -> logs.isBootstrapStderr(object.key()))
        .max(Comparator.comparing(S3Object::lastModified))
        .map(S3Object::key)
        .orElseThrow(
            () ->
                NoSuchKeyException.builder()
                    .message("No bootstrap action has left a log in " + logs.nodesFolder())
                    .build());
  }

  /**
   * Records the root cause in the log. The log may have any size: it is read as a stream and not
   * kept.
   *
   * @param log closed afterwards
   */
  public void explain(Attempt attempt, InputStream log) throws IOException {
    try (InputStream zipped = log;
        InputStream stderr = new GZIPInputStream(zipped)) {
      save(attempt, RootCause.of(stderr));
    }
  }

  /**
   * The log is not there yet. When the wait for it is over, the failure stays without an
   * explanation.
   */
  public void isNotThere(Attempt attempt) {
    Instant now = clock.instant();
    inFlight.logs().fail(attempt.intent(), "its log has not arrived yet", now);
    if (!AttemptLinks.isAwaited(attempt, now)) {
      save(attempt, List.of());
    }
  }

  /** The log could not be read. */
  public void cannotRead(Attempt attempt, Throwable cause) {
    LOG.warnf(
        "Cannot read why attempt %d of run %s failed, will try again: %s",
        attempt.number(), attempt.run(), cause.getMessage());
    if (cause instanceof StoreException || cause instanceof StaleVersionException) {
      // The log was read: what it says is not lost, only not recorded yet.
      inFlight.logs().fail(attempt.intent(), cause.getMessage(), clock.instant());
    } else {
      isNotThere(attempt);
    }
  }

  /** Adds the log's explanation to the attempt, whatever its state is by now. */
  private void save(Attempt attempt, List<String> lines) {
    runs.attempt(attempt.run(), attempt.number())
        .ifPresent(stored -> runs.save(stored.explained(lines)));
    inFlight.logs().forget(attempt.intent());
    inFlight.runs().expedite(attempt.run());
  }
}
