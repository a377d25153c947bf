package store;

import batch.Backfill;
import batch.LandedObject;
import batch.ObjectsLanded;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import run.RunId;
import run.RunState;

/**
 * Backfills, and the landed objects that only they take. A pipeline has at most one active
 * backfill.
 */
@ApplicationScoped
public class Backfills {

  private static final String ACTIVE = "state IN ('LISTING', 'RUNNING')";

  private static final String INSERT =
      """
      INSERT INTO landed_object (pipeline, bucket, object_key, etag, size, last_modified, seen_at, batch_group, backfill)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (pipeline, bucket, object_key, etag) DO UPDATE
      SET batch_group = excluded.batch_group, backfill = excluded.backfill
      WHERE run IS NULL AND set_aside IS NULL AND backfill IS NOT NULL""";

  private static final String WAITING =
      "backfill = ?1 AND pipeline = ?2 AND run IS NULL AND set_aside IS NULL AND "
          + LandedObjects.NOT_OVERWRITTEN;

  private final Sql sql;
  private final Event<ObjectsLanded> landed;

  Backfills(Database database, Event<ObjectsLanded> landed) {
    this.sql = database.sql();
    this.landed = landed;
  }

  /**
   * The states of a backfill's runs.
   *
   * @param runs how many are in each state, without those that were replayed
   * @param stopped some of those that failed or were cancelled and were not replayed, oldest first
   */
  public record Progress(Map<RunState, Integer> runs, List<RunId> stopped) {

    /** Whether no more runs start until an operator has dealt with those that stopped. */
    public boolean isHeld(Backfill backfill) {
      return stops() > backfill.passedOver();
    }

    /** How many runs have failed or were cancelled. */
    public int stops() {
      return runs.getOrDefault(RunState.FAILED, 0) + runs.getOrDefault(RunState.CANCELLED, 0);
    }

    /** How many runs have not ended. */
    public int open() {
      return runs.entrySet().stream()
          .filter(entry -> !entry.getKey().isFinal())
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  /**
   * Records a new backfill.
   *
   * @return the pipeline's active one, if there is one; then the new one does not exist
   */
  public Optional<Backfill> begin(Backfill backfill) {
    return sql.transaction(
        connection -> {
          Optional<Backfill> active =
              Sql.first(
                  connection,
                  Backfills::backfill,
                  "SELECT * FROM backfill WHERE pipeline = ? AND " + ACTIVE,
                  backfill.pipeline());
          if (active.isEmpty()) {
            insert(connection, backfill);
          }
          return active;
        });
  }

  private static void insert(Connection connection, Backfill backfill) throws SQLException {
    Requested.note(connection, backfill.id());
    Sql.update(
        connection,
        """
        INSERT INTO backfill (id, pipeline, state, created_at, prefix, from_time, until_time,
          max_objects, max_bytes, max_runs, in_range, taken, passed_over)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, 0)""",
        backfill.id(),
        backfill.pipeline(),
        backfill.state(),
        backfill.createdAt(),
        backfill.range().prefix(),
        backfill.range().from(),
        backfill.range().until(),
        backfill.size().maxObjects(),
        backfill.size().maxBytes(),
        backfill.size().maxRuns());
  }

  /** Those that are open, oldest first. */
  public List<Backfill> active() {
    return sql.query(
        Backfills::backfill, "SELECT * FROM backfill WHERE " + ACTIVE + " ORDER BY id");
  }

  /** The newest of a pipeline, newest first. */
  public List<Backfill> newest(String pipeline, int limit) {
    return sql.query(
        Backfills::backfill,
        "SELECT * FROM backfill WHERE pipeline = ? ORDER BY id DESC LIMIT ?",
        pipeline,
        limit);
  }

  /** One of them. */
  public Optional<Backfill> find(String id) {
    return sql.first(Backfills::backfill, "SELECT * FROM backfill WHERE id = ?", id);
  }

  /**
   * Records what a slice of the listing has found, together with its progress. A known object is
   * left as it is, unless an earlier backfill had found and not taken it.
   *
   * @param found objects in the range
   * @param group the group of each
   * @param listedTo the last key that was listed; absent where there is none
   * @param isDone whether there is no more to list
   * @throws StaleVersionException if it was cancelled meanwhile; then nothing is recorded
   */
  public void listed(
      Backfill backfill,
      List<LandedObject> found,
      Function<LandedObject, String> group,
      Optional<String> listedTo,
      boolean isDone) {
    int taken =
        sql.transaction(
            connection -> {
              int added = Sql.batch(connection, INSERT, rows(backfill, found, group));
              int changed =
                  Sql.update(
                      connection,
                      """
                      UPDATE backfill SET state = ?, listed_to = coalesce(?, listed_to),
                        in_range = in_range + ?, taken = taken + ?
                      WHERE id = ? AND state = 'LISTING'""",
                      isDone ? Backfill.State.RUNNING : Backfill.State.LISTING,
                      listedTo,
                      found.size(),
                      added,
                      backfill.id());
              if (changed != 1) {
                throw new StaleVersionException("backfill " + backfill.id(), 0);
              }
              return added;
            });
    if (taken > 0) {
      landed.fire(new ObjectsLanded(backfill.pipeline(), taken));
    }
  }

  private static List<Object[]> rows(
      Backfill backfill, List<LandedObject> found, Function<LandedObject, String> group) {
    return found.stream()
        .map(
            object ->
                new Object[] {
                  backfill.pipeline(),
                  object.bucket(),
                  object.key(),
                  object.etag(),
                  object.size(),
                  object.lastModified(),
                  object.seenAt(),
                  group.apply(object),
                  backfill.id()
                })
        .toList();
  }

  /**
   * The oldest objects of a backfill that no run has taken, all of one group; without those that
   * were overwritten meanwhile, whose later version is another landed object.
   */
  public List<LandedObject> waiting(Backfill backfill, int limit) {
    return sql.query(
        LandedObjects::object,
        """
        SELECT * FROM landed_object AS o
        WHERE %1$s AND batch_group = (
          SELECT batch_group FROM landed_object AS o WHERE %1$s ORDER BY batch_group LIMIT 1)
        ORDER BY last_modified, id LIMIT ?3"""
            .formatted(WAITING),
        backfill.id(),
        backfill.pipeline(),
        limit);
  }

  /** How many of its objects no run has taken yet. Call this rarely: it counts them all. */
  public long count(Backfill backfill) {
    return sql.query(
            row -> row.getLong("waiting"),
            "SELECT COUNT(*) AS waiting FROM landed_object AS o WHERE " + WAITING,
            backfill.id(),
            backfill.pipeline())
        .get(0);
  }

  /** What its runs have come to. */
  public Progress progress(Backfill backfill) {
    return sql.read(
        connection -> new Progress(runs(connection, backfill), stopped(connection, backfill)));
  }

  private static Map<RunState, Integer> runs(Connection connection, Backfill backfill)
      throws SQLException {
    Map<RunState, Integer> runs = new EnumMap<>(RunState.class);
    Sql.query(
        connection,
        row -> runs.put(RunState.valueOf(row.getString("state")), row.getInt("runs")),
        """
        SELECT state, COUNT(*) AS runs FROM run JOIN backfill_run ON backfill_run.run = run.id
        WHERE backfill = ? AND NOT EXISTS (SELECT 1 FROM run AS again WHERE again.replay_of = run.id)
        GROUP BY state""",
        backfill.id());
    return runs;
  }

  private static List<RunId> stopped(Connection connection, Backfill backfill) throws SQLException {
    return Sql.query(
        connection,
        row -> new RunId(row.getString("id")),
        """
        SELECT id FROM run JOIN backfill_run ON backfill_run.run = run.id
        WHERE backfill = ? AND state IN ('FAILED', 'CANCELLED')
          AND NOT EXISTS (SELECT 1 FROM run AS again WHERE again.replay_of = run.id)
        ORDER BY id LIMIT 3""",
        backfill.id());
  }

  /** There is nothing left of it to do. */
  public void done(Backfill backfill) {
    sql.write(
        "UPDATE backfill SET state = 'DONE' WHERE id = ? AND state = 'RUNNING'", backfill.id());
  }

  /**
   * Stops an active backfill. Its runs continue; objects that no run has taken are left for another
   * backfill, or land once they are no longer too old for that.
   *
   * @return whether it was active
   */
  public boolean cancel(Backfill backfill) {
    return changed(
        backfill,
        "UPDATE backfill SET state = 'CANCELLED' WHERE id = ? AND " + ACTIVE,
        backfill.id());
  }

  /**
   * Continues although that many runs have failed or were cancelled.
   *
   * @return whether it was active
   */
  public boolean passOver(Backfill backfill, int stops) {
    return changed(
        backfill,
        "UPDATE backfill SET passed_over = ? WHERE id = ? AND " + ACTIVE,
        stops,
        backfill.id());
  }

  private boolean changed(Backfill backfill, String statement, Object... values) {
    return sql.transaction(
        connection -> {
          int rows = Sql.update(connection, statement, values);
          if (rows == 1) {
            Requested.note(connection, backfill.id());
          }
          return rows == 1;
        });
  }

  /** A run that has objects of a backfill is one of its runs. */
  static void follow(Connection connection, RunId run) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO backfill_run (run, backfill)
        SELECT run, backfill FROM landed_object WHERE run = ? AND backfill IS NOT NULL LIMIT 1""",
        run.value());
  }

  /**
   * Assigns a run that the backfill itself starts.
   *
   * @throws StaleVersionException if it was cancelled meanwhile
   */
  static void begin(Connection connection, RunId run) throws SQLException {
    follow(connection, run);
    List<String> ended =
        Sql.query(
            connection,
            row -> row.getString("id"),
            """
            SELECT id FROM backfill JOIN backfill_run ON backfill_run.backfill = backfill.id
            WHERE backfill_run.run = ? AND state <> 'RUNNING'""",
            run.value());
    if (!ended.isEmpty()) {
      throw new StaleVersionException("backfill " + ended.get(0), 0);
    }
  }

  /**
   * Releases objects of a cancelled backfill that a listing or an event finds: they land like
   * others. They are grouped again with everything that waits, because their rows are older.
   */
  static void release(Connection connection, String pipeline, List<LandedObject> found)
      throws SQLException {
    List<String> cancelled =
        Sql.query(
            connection,
            row -> row.getString("id"),
            "SELECT id FROM backfill WHERE pipeline = ? AND state = 'CANCELLED' LIMIT 1",
            pipeline);
    if (cancelled.isEmpty()) {
      return;
    }
    int released =
        Sql.batch(
            connection,
            """
            UPDATE landed_object SET backfill = NULL, batch_group = NULL
            WHERE pipeline = ? AND bucket = ? AND object_key = ? AND etag = ? AND run IS NULL AND set_aside IS NULL
              AND backfill IN (SELECT id FROM backfill WHERE state = 'CANCELLED')""",
            found.stream()
                .map(
                    object -> new Object[] {pipeline, object.bucket(), object.key(), object.etag()})
                .toList());
    if (released > 0) {
      Sql.update(
          connection, "UPDATE batch_grouping SET grouped_to = 0 WHERE pipeline = ?", pipeline);
      Sql.update(connection, "UPDATE batch_marker SET has_closed = 0 WHERE pipeline = ?", pipeline);
    }
  }

  private static Backfill backfill(ResultSet row) throws SQLException {
    return new Backfill(
        row.getString("id"),
        row.getString("pipeline"),
        new Backfill.Range(
            row.getString("prefix"), Sql.time(row, "from_time"), Sql.time(row, "until_time")),
        new Backfill.Size(
            row.getInt("max_objects"), row.getLong("max_bytes"), row.getInt("max_runs")),
        Backfill.State.valueOf(row.getString("state")),
        Instant.parse(row.getString("created_at")),
        Optional.ofNullable(row.getString("listed_to")),
        row.getLong("in_range"),
        row.getLong("taken"),
        row.getInt("passed_over"));
  }
}
