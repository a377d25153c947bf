package actions;

import aws.AwsSettings;
import batch.LandedObject;
import inflight.InFlight;
import inflight.ListingProgress.Scan;
import intake.Intake;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import landing.LandingListing;
import landing.LandingPage;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;

/**
 * Lists each pipeline's landing prefix when it is due, and records new objects. A long listing goes
 * in slices: after each slice the other pipelines have their turn, so that a million objects of one
 * pipeline delay no other, and they become batches during the listing. Pipelines whose runs ingest
 * their objects themselves are not listed.
 */
@ApplicationScoped
public class ListLanding {

  private static final Logger LOG = Logger.getLogger(ListLanding.class);

  /**
   * Pages of 1,000 keys in one slice and one transaction. At 20,000 objects a second a slice blocks
   * other writers of the store for a quarter of a second.
   */
  private static final int SLICE = 5;

  private final AwsSettings settings;
  private final Pipelines pipelines;
  private final LandingListing listing;
  private final Intake intake;
  private final InFlight inFlight;
  private final Clock clock;

  /** The pipelines whose unfinished listing has seen a new marker. */
  private final Set<String> withMarker = ConcurrentHashMap.newKeySet();

  ListLanding(
      AwsSettings settings,
      Pipelines pipelines,
      LandingListing listing,
      Intake intake,
      InFlight inFlight,
      Clock clock) {
    this.settings = settings;
    this.pipelines = pipelines;
    this.listing = listing;
    this.intake = intake;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /** Claims and returns the pipelines whose prefix is due to be listed. */
  public List<Pipeline> due() {
    Instant now = clock.instant();
    return pipelines.all().stream()
        .filter(pipeline -> pipeline.ingest().isEmpty())
        .filter(pipeline -> inFlight.listings().claim(pipeline.name(), now))
        .toList();
  }

  /**
   * Lists one slice.
   *
   * @throws IllegalStateException if objects have no ETag; the others are taken nevertheless
   */
  public void list(Pipeline pipeline) {
    Scan scan = inFlight.listingProgress().next(pipeline.name(), clock.instant());
    List<LandedObject> landed = new ArrayList<>();
    for (int pages = 0; pages < SLICE && !scan.isDone(); pages++) {
      LandingPage page = listing.page(pipeline.name(), pipeline.landing(), scan.after());
      landed.addAll(page.objects());
      scan = scan.past(page, pipeline.landing().order());
    }
    boolean hasNewMarker = intake.record(pipeline, landed).hasMarker();
    Instant now = clock.instant();
    Instant due =
        inFlight
            .listingProgress()
            .advanced(
                pipeline.name(),
                pipeline.landing().order(),
                scan,
                pipeline.landing().pause(scan.pages(), settings.landingEvents().isPresent()),
                now);
    if (scan.isDone()) {
      inFlight.listed(pipeline.name(), scan.begun());
    }
    if (scan.isDone() && scan.unidentified() > 0) {
      throw new IllegalStateException(
          "%d objects have no ETag and are not taken, among them %s; use a store that gives each object an ETag"
              .formatted(scan.unidentified(), scan.examples()));
    }
    // Only the next listing shows everything that was written before a marker in this one.
    boolean isWanted = scan.isDone() && (withMarker.remove(pipeline.name()) || hasNewMarker);
    if (hasNewMarker && !scan.isDone()) {
      withMarker.add(pipeline.name());
    }
    inFlight.listings().release(pipeline.name(), isWanted ? now : due, now);
  }

  /** A slice could not be listed; the listing is due again after a pause. */
  public void failed(Pipeline pipeline, Throwable cause) {
    LOG.warnf(
        "Cannot list what lands for pipeline %s (%s): %s",
        pipeline.name(), pipeline.landingUri(), ActionOutcome.reason(cause));
    inFlight.listings().fail(pipeline.name(), ActionOutcome.reason(cause), clock.instant());
  }
}
