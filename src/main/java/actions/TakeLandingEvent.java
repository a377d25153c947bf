package actions;

import batch.LandedObject;
import inflight.InFlight;
import intake.Intake;
import intake.Intake.News;
import intake.KeyLookup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import landing.LandingCounts;
import landing.LandingCounts.Came;
import landing.LandingMessage;
import landing.LandingMessage.Created;
import landing.LandingMessage.Place;
import landing.LandingMessage.Unknown;
import landing.LandingPage;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;

/**
 * Handles an S3 event: lists the created object, and records it as a listing of the prefix would.
 *
 * <p>The store need not be checked first: no object of a pipeline is collected before the check
 * ({@link CheckStore}). If the check refuses the store, its rows are lost with it, and their
 * objects are listed again.
 */
@ApplicationScoped
public class TakeLandingEvent {

  private static final Logger LOG = Logger.getLogger(TakeLandingEvent.class);

  private final Pipelines pipelines;
  private final KeyLookup lookup;
  private final Intake intake;
  private final InFlight inFlight;
  private final LandingCounts counts;

  TakeLandingEvent(
      Pipelines pipelines,
      KeyLookup lookup,
      Intake intake,
      InFlight inFlight,
      LandingCounts counts) {
    this.pipelines = pipelines;
    this.lookup = lookup;
    this.intake = intake;
    this.inFlight = inFlight;
    this.counts = counts;
  }

  /**
   * The outcome of a message.
   *
   * @param added how many new objects it reported
   * @param unknown why the message is no S3 event; empty if it is one
   */
  public record Taken(int added, Optional<String> unknown) {}

  /**
   * Handles the message.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 does not answer; the message
   *     is delivered again
   */
  public Taken take(String body) {
    LandingMessage message = LandingMessage.read(body);
    if (message instanceof Created created) {
      return new Taken(created.objects().stream().mapToInt(this::record).sum(), Optional.empty());
    }
    if (message instanceof Unknown unknown) {
      counts.count(Came.UNKNOWN);
      return new Taken(0, Optional.of(unknown.reason()));
    }
    counts.count(Came.OTHER);
    LOG.debugf("%s, and dropped", message);
    return new Taken(0, Optional.empty());
  }

  private int record(Place place) {
    List<Pipeline> landing = pipelines.landing(place.bucket(), place.key());
    if (landing.isEmpty() || place.key().endsWith("/")) {
      counts.count(Came.ELSEWHERE);
      LOG.debugf("Dropped the event of %s: it is no landed object of a pipeline", place);
      return 0;
    }
    int added = 0;
    for (Pipeline pipeline : landing) {
      LandingPage found = lookup.at(pipeline, place.key());
      if (found.objects().isEmpty()) {
        LOG.debugf("Dropped the event of %s: it does not exist any more, or has no ETag", place);
      }
      for (LandedObject object : found.objects()) {
        News news = intake.recordOne(pipeline, object);
        if (news.hasMarker()) {
          inFlight.listings().expedite(pipeline.name());
        }
        added += news.objects();
      }
    }
    counts.count(added > 0 ? Came.NEW : Came.NOTHING_NEW);
    return added;
  }
}
