package store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.RowCounts;
import run.Run;
import run.RunId;
import run.RunState;
import run.Start;

/** Runs, attempts and what is told of them as rows, both ways. */
final class RunRows {

  private RunRows() {}

  /** The columns of a run; the run that replays it is where that one says so. */
  static final String RUN =
      "run.*, (SELECT again.id FROM run AS again WHERE again.replay_of = run.id) AS replayed_as";

  static Run run(ResultSet row) throws SQLException {
    long read = row.getLong("rows_read");
    Optional<RowCounts> rows =
        row.wasNull()
            ? Optional.empty()
            : Optional.of(
                new RowCounts(read, row.getLong("rows_written"), row.getLong("rows_rejected")));
    return new Run(
        new Run.Origin(
            new RunId(row.getString("id")),
            row.getString("pipeline"),
            Instant.parse(row.getString("created_at")),
            Optional.ofNullable(row.getString("replay_of")).map(RunId::new),
            start(row)),
        new Run.Standing(
            RunState.valueOf(row.getString("state")),
            Instant.parse(row.getString("state_since")),
            row.getInt("first_attempt"),
            outcome(row)),
        new Run.Input(row.getInt("objects"), row.getLong("bytes")),
        new Run.Output(rows, row.getInt("may_be_in_table") == 1),
        row.getLong("version"),
        Optional.ofNullable(row.getString("replayed_as")).map(RunId::new));
  }

  private static Optional<Start> start(ResultSet row) throws SQLException {
    Optional<Instant> plannedFor = Sql.time(row, "planned_for");
    return Optional.ofNullable(row.getString("started_by"))
        .map(by -> new Start(Start.By.valueOf(by), plannedFor));
  }

  static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        new Attempt.Intent(
            new RunId(row.getString("run")),
            row.getInt("number"),
            row.getInt("rung"),
            row.getString("cluster_name"),
            row.getString("log_uri"),
            Instant.parse(row.getString("intended_at")),
            Instant.parse(row.getString("expires_at"))),
        AttemptState.valueOf(row.getString("state")),
        row.getLong("version"),
        Sql.time(row, "called_at"),
        Optional.ofNullable(row.getString("cluster_id")),
        Json.read(row.getString("cluster"), ClusterStatus.class),
        Sql.time(row, "end_asked_at"),
        failure(
            row.getString("failure_kind"),
            row.getString("failure_message"),
            row.getString("failure_remedy")),
        Optional.ofNullable(row.getString("root_cause")).map(text -> text.lines().toList()));
  }

  static void insert(Connection connection, Run run) throws SQLException {
    Requested.note(connection, run.id().value());
    Sql.update(
        connection,
        """
        INSERT INTO run (id, pipeline, state, version, created_at, state_since, objects, bytes, first_attempt,
          replay_of, started_by, planned_for, may_be_in_table)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        run.id().value(),
        run.pipeline(),
        run.state(),
        run.version(),
        run.origin().createdAt(),
        run.standing().since(),
        run.objects(),
        run.input().bytes(),
        run.standing().firstAttempt(),
        run.origin().replayOf().map(RunId::value),
        run.origin().start().map(Start::by),
        run.origin().start().flatMap(Start::plannedFor),
        run.mayBeInTable() ? 1 : 0);
  }

  static int update(Connection connection, Run run) throws SQLException {
    return Sql.update(
        connection,
        """
        UPDATE run SET state = ?, version = version + 1, state_since = ?, rows_read = ?, rows_written = ?, rows_rejected = ?,
          objects = ?, bytes = ?, first_attempt = ?, outcome = ?, outcome_message = ?, failure_kind = ?, failure_remedy = ?,
          may_be_in_table = ?
        WHERE id = ? AND version = ?""",
        run.state(),
        run.standing().since(),
        run.output().rows().map(RowCounts::read),
        run.output().rows().map(RowCounts::written),
        run.output().rows().map(RowCounts::rejected),
        run.objects(),
        run.input().bytes(),
        run.standing().firstAttempt(),
        run.outcome().map(Outcome::state),
        run.outcome().map(Outcome::message),
        run.outcome().flatMap(Outcome::failure).map(Failure::kind),
        run.outcome().flatMap(Outcome::failure).map(Failure::remedy),
        run.mayBeInTable() ? 1 : 0,
        run.id().value(),
        run.version());
  }

  static void insert(Connection connection, Attempt attempt) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO attempt (run, number, state, version, rung, cluster_name, log_uri, intended_at, expires_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        attempt.run().value(),
        attempt.number(),
        attempt.state(),
        attempt.version(),
        attempt.intent().rung(),
        attempt.clusterName(),
        attempt.intent().logUri(),
        attempt.intent().intendedAt(),
        attempt.intent().expiresAt());
  }

  static int update(Connection connection, Attempt attempt) throws SQLException {
    return Sql.update(
        connection,
        """
        UPDATE attempt SET state = ?, version = version + 1, called_at = ?, cluster_id = ?, cluster = ?,
          end_asked_at = ?, failure_kind = ?, failure_message = ?, failure_remedy = ?, root_cause = ?
        WHERE run = ? AND number = ? AND version = ?""",
        attempt.state(),
        attempt.calledAt(),
        attempt.clusterId(),
        attempt.cluster().map(Json::of),
        attempt.endAskedAt(),
        attempt.failure().map(Failure::kind),
        attempt.failure().map(Failure::message),
        attempt.failure().map(Failure::remedy),
        attempt.rootCause().map(lines -> String.join("\n", lines)),
        attempt.run().value(),
        attempt.number(),
        attempt.version());
  }

  /** What is told of a run takes the place of what was told of it before. */
  static int write(Connection connection, RunId run, Record report) throws SQLException {
    return Sql.update(
        connection,
        """
        INSERT INTO run_report (run, type, json) VALUES (?, ?, ?)
        ON CONFLICT (run, type) DO UPDATE SET json = excluded.json""",
        run.value(),
        report.getClass().getSimpleName(),
        Json.of(report));
  }

  static <T extends Record> Optional<T> report(Connection connection, RunId run, Class<T> type)
      throws SQLException {
    return Sql.first(
            connection,
            row -> Json.read(row.getString("json"), type),
            "SELECT json FROM run_report WHERE run = ? AND type = ?",
            run.value(),
            type.getSimpleName())
        .flatMap(report -> report);
  }

  private static Optional<Outcome> outcome(ResultSet row) throws SQLException {
    String state = row.getString("outcome");
    if (state == null) {
      return Optional.empty();
    }
    String message = row.getString("outcome_message");
    Optional<Failure> failure =
        failure(row.getString("failure_kind"), message, row.getString("failure_remedy"));
    return Optional.of(new Outcome(RunState.valueOf(state), message, failure));
  }

  private static Optional<Failure> failure(String kind, String message, String remedy) {
    return Optional.ofNullable(kind)
        .map(word -> new Failure(FailureKind.valueOf(word), message, remedy));
  }
}
