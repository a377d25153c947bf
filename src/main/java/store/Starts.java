package store;

import batch.BatchLimits;
import batch.Batches;
import batch.LandedObject;
import batch.ReadableKey;
import batch.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import run.Run;
import run.RunId;
import run.Start;

/** Runs that somebody, or a schedule, starts. What is started survives the death of the process. */
@ApplicationScoped
public class Starts {

  private final Sql sql;
  private final RunStore runs;
  private final LandedObjects objects;

  Starts(Database database, RunStore runs, LandedObjects objects) {
    this.sql = database.sql();
    this.runs = runs;
    this.objects = objects;
  }

  /**
   * What a start came to.
   *
   * @param run the run that does what was wanted
   * @param isNew whether the start made it
   */
  public record Started(RunId run, boolean isNew) {}

  /**
   * Starts a run that ingests its object itself. A run of the pipeline that was started before and
   * still waits for its first cluster does it too: it has fetched nothing yet.
   */
  public Started ingest(String pipeline, Start start, Instant now) {
    Run run = Run.started(id(now), pipeline, now, start);
    return sql.transaction(connection -> ingest(connection, run));
  }

  /** Likewise for a time of the pipeline's schedule, together with how far that was followed. */
  public Started ingest(String pipeline, Schedule.Followed followed, Instant now) {
    Start start = new Start(Start.By.SCHEDULE, Optional.of(followed.until()));
    Run run = Run.started(id(now), pipeline, now, start);
    return sql.transaction(
        connection -> {
          Schedules.follow(connection, pipeline, followed);
          return ingest(connection, run);
        });
  }

  private static Started ingest(Connection connection, Run run) throws SQLException {
    List<RunId> waiting =
        Sql.query(
            connection,
            row -> new RunId(row.getString("id")),
            """
                  SELECT id FROM run WHERE pipeline = ? AND state = 'QUEUED' AND started_by IS NOT NULL
                    AND outcome IS NULL AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.run = run.id)
                  ORDER BY id LIMIT 1""",
            run.pipeline());
    if (!waiting.isEmpty()) {
      return new Started(waiting.get(0), false);
    }
    RunRows.insert(connection, run);
    RunStore.enter(connection, run);
    return new Started(run.id(), true);
  }

  /**
   * Closes batches over all objects of a pipeline that wait now, however short they have waited. An
   * object that Spark could not name waits on.
   *
   * @return the runs that took them, none where nothing waits
   * @throws StaleVersionException if somebody else takes the same objects meanwhile; those runs
   *     that were made until then stay
   */
  public List<Run> collect(String pipeline, BatchLimits limits, Instant now) {
    BatchLimits atOnce = new BatchLimits(limits.maxObjects(), limits.maxBytes(), Duration.ZERO);
    List<Run> started = new ArrayList<>();
    List<LandedObject> waiting = readable(pipeline, limits);
    while (!waiting.isEmpty()) {
      for (List<LandedObject> batch : Batches.closed(waiting, atOnce, now)) {
        long bytes = batch.stream().mapToLong(LandedObject::size).sum();
        Run run = Run.collected(id(now), pipeline, now, batch.size(), bytes);
        runs.collect(run, batch);
        started.add(run);
      }
      waiting = readable(pipeline, limits);
    }
    return started;
  }

  private List<LandedObject> readable(String pipeline, BatchLimits limits) {
    return objects.waiting(pipeline, limits.maxObjects()).stream()
        .filter(object -> ReadableKey.problem(object.key()).isEmpty())
        .toList();
  }

  private static RunId id(Instant now) {
    return RunId.create(now, ThreadLocalRandom.current().nextInt());
  }
}
