package store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import run.Attempt;
import run.AttemptState;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.RowCounts;
import run.Run;
import run.RunId;
import run.RunState;
import run.StepState;
import run.StepStatus;

/** Runs, attempts and steps as rows, both ways. */
final class RunRows {

  private RunRows() {}

  static Run run(ResultSet row) throws SQLException {
    long read = row.getLong("rows_read");
    Optional<RowCounts> rows =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new RowCounts(read, row.getLong("rows_written"), row.getLong("rows_rejected")));
    return new Run(
        new RunId(row.getString("id")),
        row.getString("pipeline"),
        RunState.valueOf(row.getString("state")),
        row.getLong("version"),
        Instant.parse(row.getString("created_at")),
        Instant.parse(row.getString("state_since")),
        row.getInt("objects"),
        row.getLong("bytes"),
        rows,
        outcome(row));
  }

  static Attempt attempt(Connection connection, ResultSet row) throws SQLException {
    return new Attempt(
        new RunId(row.getString("run")),
        row.getInt("number"),
        AttemptState.valueOf(row.getString("state")),
        row.getLong("version"),
        row.getString("cluster_name"),
        Instant.parse(row.getString("intended_at")),
        Sql.time(row, "called_at"),
        Optional.ofNullable(row.getString("cluster_id")),
        cluster(connection, row));
  }

  static void insert(Connection connection, Run run) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO run (id, pipeline, state, version, created_at, state_since, objects, bytes)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        run.id().value(),
        run.pipeline(),
        run.state(),
        run.version(),
        run.createdAt(),
        run.stateSince(),
        run.objects(),
        run.bytes());
  }

  static int update(Connection connection, Run run) throws SQLException {
    return Sql.update(
        connection,
        """
        UPDATE run SET state = ?, version = version + 1, state_since = ?, rows_read = ?, rows_written = ?, rows_rejected = ?,
          outcome = ?, outcome_message = ?, failure_kind = ?, failure_remedy = ?
        WHERE id = ? AND version = ?""",
        run.state(),
        run.stateSince(),
        run.rows().map(RowCounts::read),
        run.rows().map(RowCounts::written),
        run.rows().map(RowCounts::rejected),
        run.outcome().map(Outcome::state),
        run.outcome().map(Outcome::message),
        run.outcome().flatMap(Outcome::failure).map(Failure::kind),
        run.outcome().flatMap(Outcome::failure).map(Failure::remedy),
        run.id().value(),
        run.version());
  }

  static void insert(Connection connection, Attempt attempt) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO attempt (run, number, state, version, cluster_name, intended_at)
        VALUES (?, ?, ?, ?, ?, ?)""",
        attempt.run().value(),
        attempt.number(),
        attempt.state(),
        attempt.version(),
        attempt.clusterName(),
        attempt.intendedAt());
  }

  static int update(Connection connection, Attempt attempt) throws SQLException {
    Optional<ClusterStatus> cluster = attempt.cluster();
    int changed =
        Sql.update(
            connection,
            """
            UPDATE attempt SET state = ?, version = version + 1, called_at = ?, cluster_id = ?, cluster_state = ?,
              cluster_reason_code = ?, cluster_reason = ?, cluster_ready_at = ?, cluster_ended_at = ?
            WHERE run = ? AND number = ? AND version = ?""",
            attempt.state(),
            attempt.calledAt(),
            attempt.clusterId(),
            cluster.map(ClusterStatus::state),
            cluster.map(ClusterStatus::reasonCode),
            cluster.map(ClusterStatus::reason),
            cluster.flatMap(ClusterStatus::readyAt),
            cluster.flatMap(ClusterStatus::endedAt),
            attempt.run().value(),
            attempt.number(),
            attempt.version());
    if (changed == 1 && cluster.isPresent()) {
      replaceSteps(connection, attempt, cluster.get().steps());
    }
    return changed;
  }

  private static void replaceSteps(Connection connection, Attempt attempt, List<StepStatus> steps)
      throws SQLException {
    Sql.update(
        connection,
        "DELETE FROM step WHERE run = ? AND attempt = ?",
        attempt.run().value(),
        attempt.number());
    List<Object[]> rows = new ArrayList<>();
    for (StepStatus step : steps) {
      rows.add(
          new Object[] {
            attempt.run().value(),
            attempt.number(),
            rows.size(),
            step.id(),
            step.name(),
            step.state(),
            step.message(),
            step.startedAt(),
            step.endedAt()
          });
    }
    Sql.batch(connection, "INSERT INTO step VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows);
  }

  private static Optional<Outcome> outcome(ResultSet row) throws SQLException {
    String state = row.getString("outcome");
    if (state == null) {
      return Optional.empty();
    }
    String message = row.getString("outcome_message");
    String kind = row.getString("failure_kind");
    Optional<Failure> failure =
        kind == null
            ? Optional.empty()
            : Optional.of(
                new Failure(FailureKind.valueOf(kind), message, row.getString("failure_remedy")));
    return Optional.of(new Outcome(RunState.valueOf(state), message, failure));
  }

  private static Optional<ClusterStatus> cluster(Connection connection, ResultSet row)
      throws SQLException {
    String state = row.getString("cluster_state");
    if (state == null) {
      return Optional.empty();
    }
    List<StepStatus> steps =
        Sql.query(
            connection,
            RunRows::step,
            "SELECT * FROM step WHERE run = ? AND attempt = ? ORDER BY position",
            row.getString("run"),
            row.getInt("number"));
    return Optional.of(
        new ClusterStatus(
            ClusterState.valueOf(state),
            row.getString("cluster_reason_code"),
            row.getString("cluster_reason"),
            Sql.time(row, "cluster_ready_at"),
            Sql.time(row, "cluster_ended_at"),
            steps));
  }

  private static StepStatus step(ResultSet row) throws SQLException {
    return new StepStatus(
        row.getString("id"),
        row.getString("name"),
        StepState.valueOf(row.getString("state")),
        row.getString("message"),
        Sql.time(row, "started_at"),
        Sql.time(row, "ended_at"));
  }
}
