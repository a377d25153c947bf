package actions;

import archive.Clearing;
import archive.Clearing.Result;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import landing.AfterSuccess;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import software.amazon.awssdk.core.exception.SdkException;
import store.ClearedObjects;
import store.ClearedObjects.Uncleared;

/**
 * Archives or deletes landed objects whose run has succeeded, if the pipeline is configured so.
 * Nothing here changes a run.
 */
@ApplicationScoped
public class ClearLanded {

  private static final Logger LOG = Logger.getLogger(ClearLanded.class);

  /**
   * How many objects are cleared before other pipelines have their turn. Each takes three calls, so
   * this takes a few seconds if S3 answers normally and nothing is copied in parts.
   */
  public static final int PORTION = 50;

  private final Pipelines pipelines;
  private final ClearedObjects objects;
  private final Clearing clearing;
  private final InFlight inFlight;
  private final Clock clock;
  private final Map<String, Uncleared> reached = new ConcurrentHashMap<>();

  /** Clears the objects that the store lists as loaded. */
  public ClearLanded(
      Pipelines pipelines,
      ClearedObjects objects,
      Clearing clearing,
      InFlight inFlight,
      Clock clock) {
    this.pipelines = pipelines;
    this.objects = objects;
    this.clearing = clearing;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /**
   * Claims the pipelines that have landed objects cleared and are due; each goes to {@link #clear}.
   */
  public List<Pipeline> due() {
    Instant now = clock.instant();
    return pipelines.all().stream()
        .filter(pipeline -> pipeline.landing().afterSuccess() != AfterSuccess.KEEP)
        .filter(pipeline -> inFlight.clearings().claim(pipeline.name(), now))
        .toList();
  }

  /**
   * Clears some objects of a claimed pipeline, and returns the claim. After a failure the pipeline
   * is due again after a pause.
   */
  public void clear(Pipeline pipeline) {
    try {
      Optional<String> trouble = clearPortion(pipeline);
      if (trouble.isEmpty()) {
        inFlight.clearings().release(pipeline.name(), clock.instant(), clock.instant());
      } else {
        failed(pipeline, trouble.get());
      }
    } catch (Throwable e) {
      failed(pipeline, ActionOutcome.reason(e));
    }
  }

  /**
   * Clears some objects. It skips those that fail, so that they do not block others; after the last
   * object it begins at the first again.
   *
   * @return the first failure
   */
  private Optional<String> clearPortion(Pipeline pipeline) {
    List<Uncleared> portion =
        objects.of(pipeline.name(), Optional.ofNullable(reached.get(pipeline.name())), PORTION);
    List<Uncleared> cleared = new ArrayList<>();
    Optional<String> trouble = Optional.empty();
    for (Uncleared one : portion) {
      try {
        tell(one, clearing.clear(one.object(), pipeline.landing()), pipeline);
        cleared.add(one);
      } catch (SdkException e) {
        trouble =
            trouble.or(
                () -> Optional.of("%s: %s".formatted(one.object().uri(), ActionOutcome.reason(e))));
      }
    }
    if (!cleared.isEmpty()) {
      objects.cleared(cleared, clock.instant());
    }
    if (portion.size() < PORTION) {
      reached.remove(pipeline.name());
    } else {
      reached.put(pipeline.name(), portion.get(PORTION - 1));
    }
    return trouble;
  }

  private static void tell(Uncleared one, Result result, Pipeline pipeline) {
    switch (result) {
      case CLEARED -> {}
      case NOT_OURS ->
          LOG.infof(
              "%s of run %s was overwritten or deleted, and is left alone",
              one.object().uri(), one.run());
      case KEY_TOO_LONG ->
          LOG.warnf(
              "Cannot archive %s of run %s: with '%s' before it its key has more than 1,024 bytes; it stays, move it by hand",
              one.object().uri(), one.run(), pipeline.landing().archivePrefix().orElse(""));
    }
  }

  private void failed(Pipeline pipeline, String trouble) {
    LOG.warnf(
        "Cannot %s what pipeline %s has loaded, will try again: %s",
        pipeline.landing().afterSuccess() == AfterSuccess.DELETE ? "delete" : "archive",
        pipeline.name(),
        trouble);
    inFlight.clearings().fail(pipeline.name(), trouble, clock.instant());
  }
}
