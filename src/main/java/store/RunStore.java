package store;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import run.Attempt;
import run.OpenRun;
import run.Run;
import run.RunId;
import run.RunState;
import run.SentStatement;
import run.StateChanged;
import run.StateEntry;

/**
 * Runs and attempts. Each change is one transaction, guarded by the row's version; after it
 * returns, the change survives the death of the process.
 */
@ApplicationScoped
public class RunStore {

  private final Sql sql;
  private final Event<StateChanged> changed;

  RunStore(Database database, Event<StateChanged> changed) {
    this.sql = new Sql(database.source());
    this.changed = changed;
  }

  /**
   * A new run takes these objects.
   *
   * @throws StaleVersionException if another run has one of them; then this run does not exist
   */
  public void collect(Run run, List<LandedObject> objects) {
    List<Object[]> rows =
        objects.stream()
            .map(
                object ->
                    new Object[] {
                      run.id().value(),
                      object.pipeline(),
                      object.bucket(),
                      object.key(),
                      object.etag()
                    })
            .toList();
    sql.transaction(
        connection -> {
          RunRows.insert(connection, run);
          enter(connection, run);
          int taken =
              Sql.batch(
                  connection,
                  """
                  UPDATE landed_object SET run = ?
                  WHERE pipeline = ? AND bucket = ? AND object_key = ? AND etag = ? AND run IS NULL""",
                  rows);
          if (taken != objects.size()) {
            throw new StaleVersionException("the objects of run " + run.id(), run.version());
          }
          return taken;
        });
  }

  /**
   * Saves a changed run.
   *
   * @param before what it was made from
   * @throws StaleVersionException if the store has another version
   */
  public void save(Run before, Run run) {
    sql.transaction(connection -> update(connection, before, run));
    announce(before, run);
  }

  /**
   * Saves a changed attempt.
   *
   * @return the attempt as the store has it now
   * @throws StaleVersionException if the store has another version than the one it was made from
   */
  public Attempt save(Attempt attempt) {
    sql.transaction(connection -> update(connection, attempt));
    return attempt.saved();
  }

  /** Saves a run and a new attempt of it, together. */
  public void begin(Run before, Run run, Attempt attempt) {
    sql.transaction(
        connection -> {
          update(connection, before, run);
          RunRows.insert(connection, attempt);
          return 1;
        });
    announce(before, run);
  }

  /** Saves a run and one of its attempts, together. */
  public void save(Run before, Run run, Attempt attempt) {
    sql.transaction(
        connection -> {
          update(connection, attempt);
          return update(connection, before, run);
        });
    announce(before, run);
  }

  /**
   * A new run takes over all objects of one that failed or was cancelled.
   *
   * @throws StaleVersionException if another run has taken them meanwhile; then the new run does
   *     not exist
   */
  public void replay(Run ended, Run again) {
    sql.transaction(
        connection -> {
          RunRows.insert(connection, again);
          enter(connection, again);
          int taken =
              Sql.update(
                  connection,
                  "UPDATE landed_object SET run = ? WHERE run = ?",
                  again.id().value(),
                  ended.id().value());
          if (taken != again.objects()) {
            throw new StaleVersionException("the objects of run " + ended.id(), ended.version());
          }
          return taken;
        });
  }

  /** Every run that is not in its last state, oldest first. */
  public List<OpenRun> open() {
    return runs("WHERE state IN ('COLLECTED', 'QUEUED', 'PROCESSING', 'LOADING') ORDER BY id");
  }

  /** The newest runs, newest first. */
  public List<OpenRun> newest(int limit) {
    return runs("ORDER BY id DESC LIMIT ?", limit);
  }

  /** A run. */
  public Optional<OpenRun> find(RunId id) {
    return runs("WHERE id = ?", id.value()).stream().findFirst();
  }

  /** The attempts whose cluster exists and is not proven gone. */
  public List<Attempt> withCluster() {
    return sql.read(connection -> attempts(connection, "WHERE state IN ('LAUNCHED', 'ENDING')"));
  }

  /** The states that a run came into, in time's order. */
  public List<StateEntry> history(RunId id) {
    return sql.query(
        row ->
            new StateEntry(
                RunState.valueOf(row.getString("state")), Instant.parse(row.getString("since"))),
        "SELECT * FROM run_state WHERE run = ? ORDER BY since, rowid",
        id.value());
  }

  /** Writes down a statement that was sent for a run. */
  public void record(RunId id, SentStatement statement) {
    sql.transaction(
        connection ->
            Sql.update(
                connection,
                "INSERT INTO statement (run, sql, sent_at, millis, error) VALUES (?, ?, ?, ?, ?)",
                id.value(),
                statement.sql(),
                statement.sentAt(),
                statement.took().toMillis(),
                statement.error()));
  }

  /** The statements that were sent for a run, in order. */
  public List<SentStatement> statements(RunId id) {
    return sql.query(
        row ->
            new SentStatement(
                row.getString("sql"),
                Instant.parse(row.getString("sent_at")),
                Duration.ofMillis(row.getLong("millis")),
                Optional.ofNullable(row.getString("error"))),
        "SELECT * FROM statement WHERE run = ? ORDER BY id",
        id.value());
  }

  /** How many runs of a pipeline are in each state that any is in. */
  public Map<RunState, Long> countByState(String pipeline) {
    return sql
        .query(
            row -> Map.entry(RunState.valueOf(row.getString("state")), row.getLong("runs")),
            "SELECT state, COUNT(*) AS runs FROM run WHERE pipeline = ? GROUP BY state",
            pipeline)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /**
   * Reads one row, to see whether the store works.
   *
   * @throws StoreException if it does not
   */
  public void probe() {
    sql.query(row -> row.getString("created_at"), "SELECT created_at FROM store");
  }

  private List<OpenRun> runs(String where, Object... values) {
    return sql.read(
        connection -> {
          List<OpenRun> runs = new ArrayList<>();
          for (Run run :
              Sql.query(connection, RunRows::run, "SELECT * FROM run " + where, values)) {
            runs.add(
                new OpenRun(
                    run, attempts(connection, "WHERE run = ? ORDER BY number", run.id().value())));
          }
          return runs;
        });
  }

  private static List<Attempt> attempts(Connection connection, String where, Object... values)
      throws SQLException {
    return Sql.query(
        connection,
        (ResultSet row) -> RunRows.attempt(connection, row),
        "SELECT * FROM attempt " + where,
        values);
  }

  private static int update(Connection connection, Attempt attempt) throws SQLException {
    if (RunRows.update(connection, attempt) != 1) {
      throw new StaleVersionException(
          "attempt %d of run %s".formatted(attempt.number(), attempt.run()), attempt.version());
    }
    return 1;
  }

  private static int update(Connection connection, Run before, Run run) throws SQLException {
    if (RunRows.update(connection, run) != 1) {
      throw new StaleVersionException("run " + run.id(), run.version());
    }
    if (before.state() != run.state()) {
      enter(connection, run);
    }
    return 1;
  }

  private static void enter(Connection connection, Run run) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO run_state (run, state, since) VALUES (?, ?, ?)",
        run.id().value(),
        run.state(),
        run.stateSince());
  }

  private void announce(Run before, Run run) {
    if (before.state() != run.state()) {
      changed.fire(
          new StateChanged(
              run, before.state(), Duration.between(before.stateSince(), run.stateSince())));
    }
  }
}
