package store;

import batch.Fetcher;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import run.Run;
import run.RunId;
import run.Start;
import schedule.Schedule;

/**
 * Runs whose object is fetched, and that somebody, or a schedule, starts. What is started survives
 * the death of the process.
 */
@ApplicationScoped
public class Starts {

  private final Sql sql;

  Starts(Database database) {
    this.sql = database.sql();
  }

  /**
   * What a start came to.
   *
   * @param run the run that does what was wanted
   * @param isNew whether the start made it
   */
  public record Started(RunId run, boolean isNew) {}

  /**
   * Starts a run whose object is fetched. A run of the pipeline that was started before and still
   * waits for its first cluster, or for the service to begin, does it too: it has fetched nothing
   * yet.
   */
  public Started ingest(String pipeline, Fetcher fetcher, Start start, Instant now) {
    Run run = Run.started(id(now), pipeline, fetcher, now, start);
    return sql.transaction(connection -> ingest(connection, run));
  }

  /** Likewise for a time of the pipeline's schedule, together with how far that was followed. */
  public Started ingest(String pipeline, Fetcher fetcher, Schedule.Followed followed, Instant now) {
    Start start = new Start(Start.By.SCHEDULE, Optional.of(followed.until()));
    Run run = Run.started(id(now), pipeline, fetcher, now, start);
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
                  SELECT id FROM run WHERE pipeline = ? AND state IN ('COLLECTED', 'QUEUED')
                    AND started_by IS NOT NULL AND outcome IS NULL AND objects = 0
                    AND NOT EXISTS (SELECT 1 FROM attempt WHERE attempt.run = run.id)
                    AND NOT EXISTS (SELECT 1 FROM fetch WHERE fetch.run = run.id)
                  ORDER BY id LIMIT 1""",
            run.pipeline());
    if (!waiting.isEmpty()) {
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
