package store;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import run.Attempt;
import run.Findings;
import run.LoadedTable;
import run.OpenRun;
import run.RetiredOutput;
import run.Run;
import run.RunBegun;
import run.RunId;
import run.RunState;
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
  private final Event<RunBegun> begun;

  public RunStore(Database database, Event<StateChanged> changed, Event<RunBegun> begun) {
    this.sql = database.sql();
    this.changed = changed;
    this.begun = begun;
  }

  /**
   * A new run takes these objects; its end may be known already.
   *
   * @throws StaleVersionException if another run has one of them; then this run does not exist
   * @throws PausedPipelineException if its pipeline is paused; then it does not exist either
   */
  public void collect(Run run, List<LandedObject> objects) {
    sql.transaction(
        connection -> {
          PausedPipelines.refuse(connection, run.pipeline());
          RunRows.insert(connection, run);
          enter(connection, run);
          int taken =
              Sql.batch(
                  connection,
                  """
                  UPDATE landed_object SET run = ?
                  WHERE pipeline = ? AND bucket = ? AND object_key = ? AND etag = ? AND run IS NULL""",
                  LandedObjects.identities(objects, object -> run.id().value()));
          if (taken != objects.size()) {
            throw new StaleVersionException("the objects of run " + run.id(), run.version());
          }
          Backfills.begin(connection, run.id());
          return run.outcome().isPresent() ? update(connection, run, run) : taken;
        });
    begun.fire(new RunBegun(run));
  }

  /**
   * Saves a changed run.
   *
   * @param before what it was made from
   * @return the run as the store has it now
   * @throws StaleVersionException if the store has another version
   */
  public Run save(Run before, Run run) {
    sql.transaction(connection -> update(connection, before, run));
    announce(before, run);
    return run.saved();
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

  /**
   * Saves a run and its attempt that was judged, together with what its job told.
   *
   * @param ingested the objects that the attempt has ingested: these are the run's from the first,
   *     and wait for no other
   */
  public void judged(
      Run before, Run run, Attempt attempt, Findings findings, List<LandedObject> ingested) {
    sql.transaction(
        connection -> {
          RunRows.write(connection, run.id(), findings);
          LandedObjects.insert(connection, run.id(), ingested);
          update(connection, attempt);
          return update(connection, before, run);
        });
    announce(before, run);
  }

  /** Saves a run together with the object that the service has fetched for it alone. */
  public void fetched(Run before, Run run, LandedObject object) {
    sql.transaction(
        connection -> {
          LandedObjects.insert(connection, run.id(), List.of(object));
          Sql.update(connection, "DELETE FROM fetch WHERE run = ?", run.id().value());
          return update(connection, before, run);
        });
  }

  /** What a run's last judged attempt told of its rows and objects. */
  public Findings findings(RunId id) {
    return sql.read(connection -> RunRows.report(connection, id, Findings.class))
        .orElse(Findings.NONE);
  }

  /** Saves a run together with what its load was proven to have brought. */
  public void loaded(Run before, Run run, LoadedTable loaded) {
    sql.transaction(
        connection -> {
          RunRows.write(connection, run.id(), loaded);
          return update(connection, before, run);
        });
    announce(before, run);
  }

  /** Saves a run together with what became of its output that was taken out of the table. */
  public void withdrawn(Run before, Run run, RetiredOutput output) {
    sql.transaction(
        connection -> {
          RetiredOutputs.write(connection, output, output.begunAt().orElseThrow());
          return update(connection, before, run);
        });
  }

  /** What a run's load was proven to have brought; empty before. */
  public Optional<LoadedTable> loaded(RunId id) {
    return sql.read(connection -> RunRows.report(connection, id, LoadedTable.class));
  }

  /**
   * Saves a run that is retried.
   *
   * @param before as it failed
   * @throws StaleVersionException if the store has another version, or another run has taken its
   *     objects meanwhile
   */
  public void retry(Run before, Run run) {
    sql.transaction(
        connection -> {
          List<Long> owned =
              Sql.query(
                  connection,
                  row -> row.getLong("owned"),
                  "SELECT COUNT(*) AS owned FROM landed_object WHERE run = ?",
                  run.id().value());
          if (owned.get(0) != run.objects()) {
            throw new StaleVersionException("the objects of run " + run.id(), run.version());
          }
          return update(connection, before, run);
        });
    announce(before, run);
  }

  /**
   * A new run takes over all objects of one that failed or was cancelled, which remembers it.
   *
   * @throws StaleVersionException if another run has taken them, or the ended one is continued
   *     meanwhile; then the new run does not exist
   */
  public void replay(Run ended, Run again) {
    sql.transaction(
        connection -> {
          // A retry of the ended run must not come between.
          update(connection, ended, ended);
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
          Backfills.follow(connection, again.id());
          return taken;
        });
    begun.fire(new RunBegun(again));
  }

  /** Every run that is not in its last state, oldest first. */
  public List<OpenRun> open() {
    return runs("WHERE state IN ('COLLECTED', 'QUEUED', 'PROCESSING', 'LOADING') ORDER BY id");
  }

  /** Every run of a pipeline that this store has ever known. */
  public Set<RunId> ids(String pipeline) {
    return Set.copyOf(
        sql.query(
            row -> new RunId(row.getString("id")),
            "SELECT id FROM run WHERE pipeline = ?",
            pipeline));
  }

  /** The newest runs, newest first. */
  public List<OpenRun> newest(int limit) {
    return page(RunQuery.newest(limit)).items();
  }

  /** The runs that are asked for. */
  public Page<OpenRun> page(RunQuery query) {
    RunQuery.Condition condition = query.page();
    List<OpenRun> found = runs(condition.sql(), condition.values().toArray());
    return Page.of(found, query.limit(), open -> open.run().id().value());
  }

  /** How many runs there are on all pages together. */
  public long count(RunQuery query) {
    RunQuery.Condition condition = query.all();
    return sql.query(
            row -> row.getLong("runs"),
            "SELECT COUNT(*) AS runs FROM run " + condition.sql(),
            condition.values().toArray())
        .get(0);
  }

  /** A run. */
  public Optional<OpenRun> find(RunId id) {
    return runs("WHERE id = ?", id.value()).stream().findFirst();
  }

  /** Every attempt that is not ENDED, oldest first. */
  public List<Attempt> openAttempts() {
    return attempts("WHERE state IN ('INTENDED', 'LAUNCHED', 'ENDING')");
  }

  /** An attempt as the store has it now. */
  public Optional<Attempt> attempt(RunId run, int number) {
    return attempts("WHERE run = ? AND number = ?", run.value(), number).stream().findFirst();
  }

  /**
   * The newest attempts that have a failed step, or whose bootstrap action failed, and whose log
   * has not been read yet; also those that are not judged yet, since the log may decide it.
   */
  public List<Attempt> unexplained(int limit) {
    return attempts(
        """
        WHERE (run, number) IN (
          SELECT run, number FROM attempt
          WHERE (failure_kind IS NOT NULL OR state IN ('INTENDED', 'LAUNCHED', 'ENDING'))
            AND root_cause IS NULL AND cluster_id IS NOT NULL AND (failure_kind = 'BOOTSTRAP' OR EXISTS (
              SELECT 1 FROM json_each(CASE WHEN json_valid(cluster) THEN cluster END, '$.steps') AS step
              WHERE json_extract(step.value, '$.state') IN ('FAILED', 'INTERRUPTED')))
          ORDER BY intended_at DESC LIMIT ?)""",
        limit);
  }

  /** The states that a run came into, in time's order. */
  public List<StateEntry> history(RunId id) {
    return sql.query(
        row ->
            new StateEntry(
                RunState.valueOf(row.getString("state")), Instant.parse(row.getString("since"))),
        "SELECT * FROM run_state WHERE run = ? ORDER BY id",
        id.value());
  }

  /**
   * How far a run came: the last state that it came into and that is not final.
   *
   * @param id of a run that exists
   */
  public RunState reached(RunId id) {
    return history(id).stream()
        .map(StateEntry::state)
        .filter(state -> !state.isFinal())
        .reduce((first, second) -> second)
        .orElseThrow();
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

  /** The id of this store. */
  public String id() {
    return sql.query(row -> row.getString("id"), "SELECT id FROM store").get(0);
  }

  /** When this store was made: what is older may belong to one that is lost. */
  public Instant createdAt() {
    return sql.query(
            row -> Instant.parse(row.getString("created_at")), "SELECT created_at FROM store")
        .get(0);
  }

  /**
   * Writes one row, to see whether the store works.
   *
   * @throws StoreException if it does not
   */
  public void probe() {
    sql.write("UPDATE store SET probes = probes + 1");
  }

  /** Runs before attempts: an attempt that comes between is one too many, never one too few. */
  private List<OpenRun> runs(String where, Object... values) {
    return sql.read(
        connection -> {
          List<Run> runs =
              Sql.query(
                  connection,
                  RunRows::run,
                  "SELECT %s FROM run %s".formatted(RunRows.RUN, where),
                  values);
          Map<RunId, List<Attempt>> attempts =
              attempts(connection, "WHERE run IN (SELECT id FROM run %s)".formatted(where), values)
                  .stream()
                  .collect(Collectors.groupingBy(Attempt::run));
          return runs.stream()
              .map(run -> new OpenRun(run, attempts.getOrDefault(run.id(), List.of())))
              .toList();
        });
  }

  private List<Attempt> attempts(String where, Object... values) {
    return sql.read(connection -> attempts(connection, where, values));
  }

  private static List<Attempt> attempts(Connection connection, String where, Object... values)
      throws SQLException {
    return Sql.query(
        connection,
        RunRows::attempt,
        "SELECT * FROM attempt %s ORDER BY run, number".formatted(where),
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
    Requested.note(connection, run.id().value());
    if (RunRows.update(connection, run) != 1) {
      throw new StaleVersionException("run " + run.id(), run.version());
    }
    if (before.state() != run.state()) {
      enter(connection, run);
    }
    return 1;
  }

  static void enter(Connection connection, Run run) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO run_state (run, state, since) VALUES (?, ?, ?)",
        run.id().value(),
        run.state(),
        run.standing().since());
  }

  private void announce(Run before, Run run) {
    if (before.state() != run.state()) {
      changed.fire(
          new StateChanged(
              run,
              before.state(),
              Duration.between(before.standing().since(), run.standing().since())));
    }
  }
}
