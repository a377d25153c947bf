package intake;

import batch.Backfill;
import batch.BatchLimits;
import batch.Batches;
import batch.Grouping;
import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import landing.LandingListing;
import landing.LandingPage;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import store.Backfills;
import store.Backfills.Progress;
import store.PausedPipelines;

/** Continues backfills: lists their objects, then makes runs of them as earlier ones end. */
@ApplicationScoped
public class Backfilling {

  private static final Logger LOG = Logger.getLogger(Backfilling.class);

  /** Pages of 1,000 keys in one transaction. */
  private static final int SLICE = 5;

  private final Backfills backfills;
  private final PausedPipelines paused;
  private final LandingListing listing;
  private final NewRuns runs;

  Backfilling(Backfills backfills, PausedPipelines paused, LandingListing listing, NewRuns runs) {
    this.backfills = backfills;
    this.paused = paused;
    this.listing = listing;
    this.runs = runs;
  }

  /**
   * Processes one portion.
   *
   * @return whether the next portion can follow at once
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   * @throws store.StaleVersionException if it was cancelled meanwhile
   */
  public boolean goOn(Pipeline pipeline, Backfill backfill, Instant now) {
    return switch (backfill.state()) {
      case LISTING -> list(pipeline, backfill);
      case RUNNING -> run(pipeline, backfill, now);
      case DONE, CANCELLED -> false;
    };
  }

  private boolean list(Pipeline pipeline, Backfill backfill) {
    Grouping grouping = pipeline.batch().grouping();
    List<LandedObject> found = new ArrayList<>();
    Optional<String> reached = backfill.listedTo();
    boolean isDone = false;
    for (int pages = 0; pages < SLICE && !isDone; pages++) {
      LandingPage page =
          listing.page(pipeline.name(), pipeline.landing(), backfill.range().prefix(), reached);
      refuseUnidentified(page);
      page.objects().stream()
          .filter(object -> !grouping.isMarker(object.key()))
          .filter(object -> !pipeline.landing().isRecent(object.lastModified()))
          .filter(backfill.range()::includes)
          .forEach(found::add);
      reached = page.last().or(backfill::listedTo);
      isDone = page.isLast();
    }
    backfills.listed(
        backfill,
        found,
        object -> grouping.groupOf(pipeline.landing().below(object.key())),
        reached,
        isDone);
    return true;
  }

  private static void refuseUnidentified(LandingPage page) {
    if (!page.unidentified().isEmpty()) {
      throw new IllegalStateException(
          "%d objects are listed without an ETag, among them %s; use a store that gives each object an ETag"
              .formatted(page.unidentified().size(), page.unidentified().get(0)));
    }
  }

  private boolean run(Pipeline pipeline, Backfill backfill, Instant now) {
    Backfill.Size size = backfill.size();
    Progress progress = backfills.progress(backfill);
    int open = progress.open();
    if (open >= size.maxRuns() || progress.isHeld(backfill)) {
      return false;
    }
    List<LandedObject> waiting = backfills.waiting(backfill, size.maxObjects());
    if (waiting.isEmpty()) {
      if (open == 0) {
        backfills.done(backfill);
        LOG.infof("Backfill %s of pipeline %s is done", backfill.id(), pipeline.name());
      }
      return false;
    }
    if (paused.find(pipeline.name()).isPresent()) {
      return false;
    }
    BatchLimits limits = new BatchLimits(size.maxObjects(), size.maxBytes(), Duration.ZERO);
    List<LandedObject> batch = Batches.closed(waiting, limits, Instant.MAX).get(0);
    return runs.of(pipeline, batch, now).waiting() < batch.size();
  }
}
