package actions;

import clock.WallClock;
import inflight.InFlight;
import intake.Collector;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import pipeline.Pipeline;
import pipeline.Pipelines;
import schedule.Schedule;
import store.PausedPipelineException;
import store.PausedPipelines;
import store.Schedules;
import store.Starts;

/**
 * Starts the runs that schedules call for: a run that ingests, or batches of everything that waits.
 * The schedule's progress is recorded in the same transaction, so that no time starts a run twice.
 */
@ApplicationScoped
public class FollowSchedules {

  private static final Logger LOG = Logger.getLogger(FollowSchedules.class);

  private final Pipelines pipelines;
  private final Schedules schedules;
  private final Starts starts;
  private final Collector collector;
  private final PausedPipelines paused;
  private final InFlight inFlight;
  private final Clock clock;

  FollowSchedules(
      Pipelines pipelines,
      Schedules schedules,
      Starts starts,
      Collector collector,
      PausedPipelines paused,
      InFlight inFlight,
      @WallClock Clock clock) {
    this.pipelines = pipelines;
    this.schedules = schedules;
    this.starts = starts;
    this.collector = collector;
    this.paused = paused;
    this.inFlight = inFlight;
    this.clock = clock;
  }

  /**
   * Follows the schedule of each pipeline that has one and is not paused. How far it was followed
   * stays recorded meanwhile, so that the times of a pause are missed times, as those of a downtime
   * are: after it one start makes up for them, or none ({@link Schedule.Missed}).
   */
  public void follow() {
    Set<String> resting = paused.names();
    pipelines.all().stream()
        .filter(pipeline -> !resting.contains(pipeline.name()))
        .forEach(this::tryToFollow);
  }

  /** A problem with one pipeline must not delay the others. */
  private void tryToFollow(Pipeline pipeline) {
    try {
      pipeline.schedule().ifPresent(schedule -> follow(pipeline, schedule, clock.instant()));
    } catch (PausedPipelineException e) {
      LOG.debugf("Pipeline %s was paused while its schedule was followed", pipeline.name());
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
      // Recorded last: after a crash in between, objects that landed meanwhile are taken as well.
      collector.collectAll(pipeline, now);
      schedules.follow(pipeline.name(), planned);
    }
  }
}
