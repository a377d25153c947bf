package routes;

import actions.ActionOutcome;
import archive.Clearing;
import archive.Clearing.Result;
import inflight.InFlight;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import landing.AfterSuccess;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import software.amazon.awssdk.core.exception.SdkException;
import store.ClearedObjects;
import store.ClearedObjects.Uncleared;

/**
 * Archives or deletes landed objects whose run has ended well, where the pipeline says so: a few at
 * a time, in a pool of its own. Nothing that happens here changes a run.
 */
@ApplicationScoped
public class ClearLandingRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(ClearLandingRoute.class);

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  /**
   * Three calls each, so that a portion takes seconds at most where S3 is well and nothing is
   * copied in parts.
   */
  static final int PORTION = 50;

  private final Pipelines pipelines;
  private final ClearedObjects objects;
  private final Clearing clearing;
  private final InFlight inFlight;
  private final Clock clock;
  private final Map<String, Uncleared> reached = new ConcurrentHashMap<>();

  ClearLandingRoute(
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

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.everyUri("clear-landing", BETWEEN_LOOKS))
        .routeId("clear-landing")
        .process(exchange -> exchange.getMessage().setBody(due()))
        .split(body())
        .to(Endpoints.CLEAR_PIPELINE);

    from(Endpoints.CLEAR_PIPELINE)
        .routeId("clear-pipeline")
        .process(exchange -> tryToClear(exchange.getMessage().getBody(Pipeline.class)));
  }

  private List<Pipeline> due() {
    Instant now = clock.instant();
    return pipelines.all().stream()
        .filter(pipeline -> pipeline.landing().afterSuccess() != AfterSuccess.KEEP)
        .filter(pipeline -> inFlight.clearings().claim(pipeline.name(), now))
        .toList();
  }

  private void tryToClear(Pipeline pipeline) {
    try {
      Optional<String> trouble = clear(pipeline);
      if (trouble.isEmpty()) {
        inFlight.clearings().release(pipeline.name(), clock.instant(), clock.instant());
      } else {
        failed(pipeline, trouble.get());
      }
    } catch (RuntimeException e) {
      failed(pipeline, ActionOutcome.reason(e));
    }
  }

  /**
   * Clears a portion. What fails is passed over, so that it keeps nothing else from being cleared;
   * after the last object it begins at the first again.
   *
   * @return the first failure
   */
  private Optional<String> clear(Pipeline pipeline) {
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
              "%s of run %s has changed or is gone, and is left", one.object().uri(), one.run());
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
