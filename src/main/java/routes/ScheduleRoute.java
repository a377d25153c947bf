package routes;

import actions.ActionOutcome;
import clock.WallClock;
import inflight.InFlight;
import intake.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import schedule.Schedule;
import store.Schedules;
import store.Starts;

/**
 * Starts what its schedule wants now: a run that ingests, or batches over all that waits. How far a
 * schedule was followed is written down with it, so that no time is followed twice.
 */
@ApplicationScoped
public class ScheduleRoute extends RouteBuilder {

  private static final Logger LOG = Logger.getLogger(ScheduleRoute.class);

  private final Pipelines pipelines;
  private final Schedules schedules;
  private final Starts starts;
  private final Collector collector;
  private final InFlight inFlight;
  private final ServiceSettings settings;
  private final Clock clock;

  ScheduleRoute(
      Pipelines pipelines,
      Schedules schedules,
      Starts starts,
      Collector collector,
      InFlight inFlight,
      ServiceSettings settings,
      @WallClock Clock clock) {
    this.pipelines = pipelines;
    this.schedules = schedules;
    this.starts = starts;
    this.collector = collector;
    this.inFlight = inFlight;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public void configure() {
    errorHandler(noErrorHandler());
    from(Endpoints.everyUri("schedule", settings.tick()))
        .routeId("start-scheduled")
        .process(exchange -> pipelines.all().forEach(this::tryToFollow));
  }

  /** What is wrong with one pipeline must not keep the others waiting. */
  private void tryToFollow(Pipeline pipeline) {
    try {
      pipeline.schedule().ifPresent(schedule -> follow(pipeline, schedule, clock.instant()));
    } catch (RuntimeException e) {
      LOG.warnf(
          "Cannot follow the schedule of pipeline %s, will try again: %s",
          pipeline.name(), ActionOutcome.reason(e));
    }
  }

  private void follow(Pipeline pipeline, Schedule schedule, Instant now) {
    Optional<Schedule.Followed> followed = schedules.followed(pipeline.name());
    if (followed.filter(last -> last.rule().equals(schedule.rule())).isEmpty()) {
      schedules.follow(pipeline.name(), new Schedule.Followed(schedule.rule(), now));
      return;
    }
    schedule
        .due(followed, now)
        .map(planned -> new Schedule.Followed(schedule.rule(), planned))
        .ifPresent(planned -> start(pipeline, planned, now));
  }

  private void start(Pipeline pipeline, Schedule.Followed planned, Instant now) {
    if (pipeline.ingest().isPresent()) {
      Starts.Started started =
          starts.ingest(pipeline.name(), pipeline.ingestBy().orElseThrow(), planned, now);
      LOG.infof("Run %s of pipeline %s is for %s", started.run(), pipeline.name(), planned.until());
    } else if (inFlight.mayCollect(pipeline.name())) {
      // Written down last: after a death between, what has landed meanwhile is taken as well.
      collector.collectAll(pipeline, now);
      schedules.follow(pipeline.name(), planned);
    }
  }
}
