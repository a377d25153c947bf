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

/** Backfills, and the landed objects that are theirs alone. One of a pipeline is active at most. */
@ApplicationScoped
public class Backfills {

  private static final String ACTIVE = "state IN ('LISTING', 'RUNNING')";

  private final Sql sql;
  private final Event<ObjectsLanded> landed;

  Backfills(Database database, Event<ObjectsLanded> landed) {
    this.sql = database.sql();
    this.landed = landed;
  }

  /**
   * What a backfill's runs have come to.
   *
   * @param runs how many are in each state, without those that were replayed
   * @param failed some of those that failed and were not replayed, oldest first
   */
  public record Progress(Map<RunState, Integer> runs, List<RunId> failed) {

    /** How many runs have not ended. */
    public int open() {
      return runs.entrySet().stream()
          .filter(entry -> !entry.getKey().isFinal())
          .mapToInt(Map.Entry::getValue)
          .sum();
    }
  }

  /**
   * Writes a new backfill down.
   *
   * @return the pipeline's active one, where there is one; then the new one does not exist
   */
  public Optional<Backfill> begin(Backfill backfill) {
    return sql.transaction(
        connection -> {
          Optional<Backfill> active =
              Sql.query(
                      connection,
                      Backfills::backfill,
                      "SELECT * FROM backfill WHERE pipeline = ? AND " + ACTIVE,
                      backfill.pipeline())
                  .stream()
                  .findFirst();
          if (active.isEmpty()) {
            insert(connection, backfill);
          }
          return active;
        });
  }

  private static void insert(Connection connection, Backfill backfill) throws SQLException {
    Sql.update(
        connection,
        """
        INSERT INTO backfill (id, pipeline, state, created_at, prefix, from_time, until_time,
          max_objects, max_bytes, max_runs, in_range, taken)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0)""",
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

  /** Those that go on, oldest first. */
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
    return sql.query(Backfills::backfill, "SELECT * FROM backfill WHERE id = ?", id).stream()
        .findFirst();
  }

  /**
   * Writes down what a slice of the listing has found, together with how far that came. An object
   * that is known is left as it is, but for one that an earlier backfill had found and not taken.
   *
   * @param found objects in the range
   * @param group the group of each
   * @param listedTo the last key that was listed; absent where there is none
   * @param isDone whether there is no more to list
   * @throws StaleVersionException if it was cancelled meanwhile; then nothing is written down
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

  private static final String INSERT =
      """
      INSERT INTO landed_object (pipeline, bucket, object_key, etag, size, last_modified, seen_at, batch_group, backfill)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (pipeline, bucket, object_key, etag) DO UPDATE
      SET batch_group = excluded.batch_group, backfill = excluded.backfill
      WHERE run IS NULL AND set_aside IS NULL AND backfill IS NOT NULL""";

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

  private static final String WAITING =
      """
      backfill = ?1 AND pipeline = ?2 AND run IS NULL AND set_aside IS NULL AND NOT EXISTS (
        SELECT 1 FROM landed_object AS later
        WHERE later.pipeline = o.pipeline AND later.bucket = o.bucket AND later.object_key = o.object_key
          AND (later.last_modified, later.id) > (o.last_modified, o.id))""";

  /** How many of its objects no run has taken yet; to be asked seldom, since all are counted. */
  public long count(Backfill backfill) {
    return sql.query(
            row -> row.getLong("waiting"),
            """
            SELECT COUNT(*) AS waiting FROM landed_object
            WHERE backfill = ? AND run IS NULL AND set_aside IS NULL""",
            backfill.id())
        .get(0);
  }

  /** What its runs have come to. */
  public Progress progress(Backfill backfill) {
    return sql.read(
        connection -> new Progress(runs(connection, backfill), failed(connection, backfill)));
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

  private static List<RunId> failed(Connection connection, Backfill backfill) throws SQLException {
    return Sql.query(
        connection,
        row -> new RunId(row.getString("id")),
        """
        SELECT id FROM run JOIN backfill_run ON backfill_run.run = run.id
        WHERE backfill = ? AND state = 'FAILED'
          AND NOT EXISTS (SELECT 1 FROM run AS again WHERE again.replay_of = run.id)
        ORDER BY id LIMIT 3""",
        backfill.id());
  }

  /** There is nothing left of it to do. */
  public void done(Backfill backfill) {
    sql.transaction(
        connection ->
            Sql.update(
                connection,
                "UPDATE backfill SET state = 'DONE' WHERE id = ? AND state = 'RUNNING'",
                backfill.id()));
  }

  /**
   * Stops one that is active. Its runs go on. What no run has taken lands as other objects do,
   * unless it is too old for that: then it waits for another backfill.
   *
   * @param since what was last modified before does not land by itself; absent: everything does
   * @param keepsGroups whether the groups are those in which objects wait that land by themselves
   * @return whether it was active
   */
  public boolean cancel(Backfill backfill, Optional<Instant> since, boolean keepsGroups) {
    return sql.transaction(
        connection -> {
          int changed =
              Sql.update(
                  connection,
                  "UPDATE backfill SET state = 'CANCELLED' WHERE id = ? AND " + ACTIVE,
                  backfill.id());
          if (changed == 1) {
            Sql.update(
                connection,
                """
                UPDATE landed_object SET backfill = NULL, batch_group = iif(?, batch_group, NULL)
                WHERE backfill = ? AND run IS NULL AND set_aside IS NULL AND last_modified >= ?""",
                keepsGroups ? 1 : 0,
                backfill.id(),
                since.orElse(Instant.EPOCH));
          }
          return changed == 1;
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
        row.getLong("taken"));
  }
}
