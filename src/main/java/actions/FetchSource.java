package actions;

import batch.LandedObject;
import flow.Remedy;
import inflight.InFlight;
import ingest.Fetching;
import ingest.Fetching.Fetched;
import ingest.IngestSettings;
import ingest.RefusedSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Failure;
import run.Outcome;
import run.Run;
import run.RunId;
import run.Upload;
import software.amazon.awssdk.services.s3.model.S3Exception;
import store.Fetches;
import store.RunStore;

/**
 * Fetches the object of a started run into S3 before the run has a cluster; from then on the run is
 * like one that was collected. A run that ends earlier leaves no upload behind.
 */
@ApplicationScoped
public class FetchSource {

  private static final Logger LOG = Logger.getLogger(FetchSource.class);

  /** How often a fetch asks the store whether its run is still open. */
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(1);

  private static final int SERVER_ERROR = 500;

  private final Pipelines pipelines;
  private final Fetching fetching;
  private final Fetches fetches;
  private final RunStore runs;
  private final InFlight inFlight;
  private final Clock clock;

  FetchSource(
      Pipelines pipelines,
      Fetching fetching,
      Fetches fetches,
      RunStore runs,
      InFlight inFlight,
      Clock clock) {
    this.pipelines = pipelines;
    this.fetching = fetching;
    this.fetches = fetches;
    this.runs = runs;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /**
   * Fetches the object, continues an interrupted fetch, or fails the run.
   *
   * @param isStopping whether the service is stopping; the parts fetched so far are kept
   * @throws IOException if the source or S3 broke the connection
   */
  public void fetch(Run run, BooleanSupplier isStopping) throws IOException {
    Pipeline pipeline = pipelines.named(run.pipeline());
    IngestSettings from = pipeline.ingest().orElseThrow();
    if (!isOpen(run.id())) {
      return;
    }
    Fetches.Begun begun = fetches.begin(run.id(), clock.instant());
    Instant late = begun.at().plus(pipeline.cluster().stepDeadline());
    if (late.isBefore(clock.instant())) {
      fail(run, Remedy.lateFetch(pipeline, run.id(), begun.at()));
      return;
    }
    Fetching.Order order =
        new Fetching.Order(
            from,
            pipeline.landing().bucket(),
            pipeline.landing().ingestedKey(run.id(), from.name()));
    try {
      fetching
          .fetch(order, begun.upload(), notes(run.id(), late, isStopping))
          .ifPresent(fetched -> keep(run, order, fetched));
    } catch (RefusedSource e) {
      fail(run, Remedy.ofFetch(e.kind(), e.getMessage(), pipeline, run.id()));
    }
  }

  private Fetching.Notes notes(RunId run, Instant late, BooleanSupplier isStopping) {
    return new Fetching.Notes() {
      private Instant asked = Instant.EPOCH;
      private boolean isOpen = true;

      @Override
      public void note(Optional<Upload> upload) {
        fetches.note(run, upload);
      }

      @Override
      public void progressed() {
        inFlight.runs().progressed(run);
      }

      @Override
      public boolean isWanted() {
        Instant now = clock.instant();
        if (!asked.plus(BETWEEN_QUESTIONS).isAfter(now) || asked.isAfter(now)) {
          asked = now;
          isOpen = isOpen(run);
        }
        return isOpen && !isStopping.getAsBoolean() && !late.isBefore(now);
      }
    };
  }

  private boolean isOpen(RunId run) {
    return runs.find(run).filter(open -> open.run().outcome().isEmpty()).isPresent();
  }

  private void keep(Run run, Fetching.Order order, Fetched fetched) {
    Instant now = clock.instant();
    LOG.infof(
        "Run %s has fetched s3://%s/%s, %d bytes",
        run.id(), order.bucket(), order.key(), fetched.size());
    LandedObject object =
        new LandedObject(
            run.pipeline(), order.bucket(), order.key(), fetched.etag(), fetched.size(), now, now);
    runs.fetched(run, run.ingested(1, fetched.size()), object);
  }

  private void fail(Run run, Failure failure) {
    LOG.warnf("Run %s fetches nothing: %s, %s", run.id(), failure.kind(), failure.message());
    runs.save(run, run.decide(Outcome.failed(failure)));
  }

  /** Aborts an unfinished fetch. If the role may not abort uploads, the run ends all the same. */
  public void end(Run run) {
    Optional<Upload> upload = fetches.find(run.id()).flatMap(Fetches.Begun::upload);
    try {
      upload.ifPresent(fetching::abort);
    } catch (S3Exception e) {
      if (e.statusCode() >= SERVER_ERROR) {
        throw e;
      }
      LOG.warnf(
          "Cannot abort the upload %s of run %s, which the bucket keeps until its lifecycle rules remove it: %s",
          upload.orElseThrow().id(), run.id(), e.getMessage());
    }
    fetches.end(run.id());
  }
}
