package store;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.RetiredOutput;
import run.RunId;

/** The attempts whose curated files no table needs any more, and the progress of their deletion. */
@ApplicationScoped
public class RetiredOutputs {

  private final Sql sql;

  RetiredOutputs(Database database) {
    this.sql = database.sql();
  }

  /**
   * Outputs that may be deleted: of attempts that were not accepted, of runs that ended without a
   * load, and, if a table shows the latest run only, of runs that a later one has followed. The
   * files of a run that failed in its load stay, unless it was replayed: its retry needs them.
   *
   * @param endedBefore when the run, and the one that followed it, had ended at the latest
   * @param latestOnly whether the pipeline's table shows the latest run only
   */
  public List<RetiredOutput> due(
      String pipeline, Instant endedBefore, boolean latestOnly, int limit) {
    return sql.query(
        RetiredOutputs::output,
        """
        SELECT attempt.run AS run, attempt.number AS attempt, begun_at, obstacle, removed_at
        FROM run
        JOIN attempt ON attempt.run = run.id
        LEFT JOIN retired_output AS retired ON retired.run = attempt.run AND retired.attempt = attempt.number
        WHERE run.pipeline = ? AND run.state IN ('SUCCEEDED', 'FAILED', 'CANCELLED', 'NO_DATA')
          AND run.state_since <= ? AND attempt.state = 'ENDED' AND attempt.cluster_id IS NOT NULL
          AND retired.obstacle IS NULL AND retired.removed_at IS NULL
          AND (attempt.failure_kind IS NOT NULL OR run.state IN ('CANCELLED', 'NO_DATA')
            OR EXISTS (SELECT 1 FROM run AS again WHERE again.replay_of = run.id)
            OR (? AND run.state = 'SUCCEEDED' AND EXISTS (
              SELECT 1 FROM run AS later
              WHERE later.pipeline = run.pipeline AND later.state = 'SUCCEEDED' AND later.state_since <= ?
                AND (later.created_at, later.id) > (run.created_at, run.id))))
        ORDER BY run.id, attempt.number LIMIT ?""",
        pipeline,
        endedBefore,
        latestOnly ? 1 : 0,
        endedBefore,
        limit);
  }

  /** The retired outputs of a run. */
  public List<RetiredOutput> of(RunId run) {
    return sql.query(
        RetiredOutputs::output,
        "SELECT * FROM retired_output WHERE run = ? ORDER BY attempt",
        run.value());
  }

  /** Saves the progress of one. */
  public void save(RetiredOutput output, Instant now) {
    sql.transaction(connection -> write(connection, output, now));
  }

  static int write(Connection connection, RetiredOutput output, Instant now) throws SQLException {
    return Sql.update(
        connection,
        """
        INSERT INTO retired_output (run, attempt, begun_at, obstacle, removed_at) VALUES (?, ?, ?, ?, ?)
        ON CONFLICT (run, attempt) DO UPDATE SET obstacle = excluded.obstacle, removed_at = excluded.removed_at""",
        output.run().value(),
        output.attempt(),
        output.begunAt().orElse(now),
        output.obstacle(),
        output.removedAt());
  }

  private static RetiredOutput output(ResultSet row) throws SQLException {
    return new RetiredOutput(
        new RunId(row.getString("run")),
        row.getInt("attempt"),
        Sql.time(row, "begun_at"),
        Optional.ofNullable(row.getString("obstacle")),
        Sql.time(row, "removed_at"));
  }
}
