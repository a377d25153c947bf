package store;

import batch.Fetcher;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import run.Run;
import run.RunBegun;
import run.RunId;
import run.Start;
import schedule.Schedule;

/**
 * Starts of runs whose object is fetched, by an operator or a schedule. A start survives a crash.
 */
@ApplicationScoped
public class Starts {

  private final Sql sql;
  private final Event<RunBegun> begun;

  Starts(Database database, Event<RunBegun> begun) {
    this.sql = database.sql();
    this.begun = begun;
  }

  /**
   * The outcome of a start.
   *
   * @param run the run that serves the request
   * @param isNew whether the start made it
   */
  public record Started(RunId run, boolean isNew) {}

  /**
   * Starts a run whose object is fetched. If a run of the pipeline that was started before still
   * waits for its first cluster, or for the service to begin, it serves this start too: it has
   * fetched nothing yet.
   */
  public Started ingest(String pipeline, Fetcher fetcher, Start start, Instant now) {
    Run run = Run.started(id(now), pipeline, fetcher, now, start);
    return announced(run, sql.transaction(connection -> ingest(connection, run)));
  }

  /** Starts a run for a time of the pipeline's schedule, and records the schedule's progress. */
  public Started ingest(String pipeline, Fetcher fetcher, Schedule.Followed followed, Instant now) {
    Start start = new Start(Start.By.SCHEDULE, Optional.of(followed.until()));
    Run run = Run.started(id(now), pipeline, fetcher, now, start);
    return announced(
        run,
        sql.transaction(
            connection -> {
              Schedules.follow(connection, pipeline, followed);
              return ingest(connection, run);
            }));
  }

  private Started announced(Run run, Started started) {
    if (started.isNew()) {
      begun.fire(new RunBegun(run));
    }
    return started;
  }

  private static Started ingest(Connection connection, Run run) throws SQLException {
    PausedPipelines.refuse(connection, run.pipeline());
    List<RunId> waiting =
        Sql.query(
            connection,
            row -> new RunId(row.getString("id")),
            """
                  SELECT id FROM run WHERE pipeline = ? AND state IN ('COLLECTED', 'QUEUED')
                    AND started_by IS NOT NULL AND outcome IS NULL AND objects = 0
                    AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.run = run.id)
                    AND NOT EXISTS (SELECT 1 FROM fetch WHERE fetch.run = run.id)
                  ORDER BY id LIMIT 1""",
            run.pipeline());
    if (!waiting.isEmpty()) {
      Requested.note(connection, waiting.get(0).value());
      return new Started(waiting.get(0), false);
    }
    RunRows.insert(connection, run);
    RunStore.enter(connection, run);
    return new Started(run.id(), true);
  }

  private static RunId id(Instant now) {
    return RunId.create(now, ThreadLocalRandom.current().nextInt());
  }
}
