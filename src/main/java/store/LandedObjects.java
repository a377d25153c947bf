package store;

import batch.LandedObject;
import batch.ObjectsLanded;
import batch.Waiting;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import run.RunId;

/** The landed objects: each is one permanent row, and belongs to at most one run. */
@ApplicationScoped
public class LandedObjects {

  /** That no later version of an object, which the statement calls {@code o}, has landed. */
  static final String NOT_OVERWRITTEN =
      """
      NOT EXISTS (
        SELECT 1 FROM landed_object AS later
        WHERE later.pipeline = o.pipeline AND later.bucket = o.bucket AND later.object_key = o.object_key
          AND (later.last_modified, later.id) > (o.last_modified, o.id))""";

  private final Sql sql;
  private final Event<ObjectsLanded> landed;

  LandedObjects(Database database, Event<ObjectsLanded> landed) {
    this.sql = database.sql();
    this.landed = landed;
  }

  /** Those of these objects of one pipeline that are not known yet, in their order. */
  public List<LandedObject> unknown(String pipeline, List<LandedObject> objects) {
    return sql.read(
        connection -> {
          List<LandedObject> unknown = new ArrayList<>();
          for (LandedObject object : objects) {
            List<Long> known =
                Sql.query(
                    connection,
                    row -> row.getLong("id"),
                    "SELECT id FROM landed_object WHERE pipeline = ? AND bucket = ? AND object_key = ? AND etag = ?",
                    pipeline,
                    object.bucket(),
                    object.key(),
                    object.etag());
            if (known.isEmpty()) {
              unknown.add(object);
            }
          }
          return unknown;
        });
  }

  /**
   * Records those objects of one pipeline that are not known yet; a known one does not change.
   *
   * @return how many were new
   */
  public int record(String pipeline, List<LandedObject> objects) {
    return (int) recordEach(pipeline, objects).stream().filter(isNew -> isNew).count();
  }

  /**
   * Records those objects of one pipeline that are not known yet.
   *
   * @return whether each of them was new, in their order
   */
  public List<Boolean> recordEach(String pipeline, List<LandedObject> objects) {
    if (objects.isEmpty()) {
      return List.of();
    }
    int[] changed =
        sql.transaction(
            connection -> {
              Backfills.release(connection, pipeline, objects);
              return Sql.each(
                  connection,
                  """
                  INSERT INTO landed_object (pipeline, bucket, object_key, etag, size, last_modified, seen_at, checksum)
                  VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING""",
                  objects.stream().map(object -> row(pipeline, object)).toList());
            });
    int added = IntStream.of(changed).sum();
    if (added > 0) {
      landed.fire(new ObjectsLanded(pipeline, added));
    }
    return IntStream.of(changed).mapToObj(rows -> rows > 0).toList();
  }

  /**
   * The objects of a pipeline that no run and no backfill has and that are not set aside, oldest
   * first. An object that was overwritten while it waited is left out: its content no longer
   * exists, and the later version of the key is a landed object too.
   */
  public List<LandedObject> waiting(String pipeline, int limit) {
    return waiting(sql, "TRUE", pipeline, limit);
  }

  /** The newest of them, newest first. */
  public List<LandedObject> newestWaiting(String pipeline, int limit) {
    return sql.query(
        LandedObjects::object,
        """
        SELECT * FROM landed_object AS o
        WHERE pipeline = ? AND run IS NULL AND set_aside IS NULL AND backfill IS NULL AND %s
        ORDER BY last_modified DESC, id DESC LIMIT ?"""
            .formatted(NOT_OVERWRITTEN),
        pipeline,
        limit);
  }

  /**
   * Those of them for which a condition holds.
   *
   * @param values of the pipeline, the condition and the limit
   */
  static List<LandedObject> waiting(Sql sql, String condition, Object... values) {
    return sql.query(
        LandedObjects::object,
        """
        SELECT * FROM landed_object AS o
        WHERE pipeline = ? AND %s AND run IS NULL AND set_aside IS NULL AND backfill IS NULL AND %s
        ORDER BY last_modified, id LIMIT ?"""
            .formatted(condition, NOT_OVERWRITTEN),
        values);
  }

  /**
   * What waits, in total. An object that was overwritten while it waited counts as well, because
   * leaving it out would mean reading all of them.
   *
   * @param limit the most objects that are counted
   */
  public Waiting waitingInAll(String pipeline, int limit) {
    return sql.query(
            row ->
                new Waiting(
                    row.getInt("objects"), row.getDouble("bytes"), Sql.time(row, "longest")),
            """
            SELECT COUNT(*) AS objects, SUM(CAST(size AS REAL)) AS bytes, MIN(seen_at) AS longest FROM (
              SELECT size, seen_at FROM landed_object
              WHERE pipeline = ? AND run IS NULL AND set_aside IS NULL AND backfill IS NULL LIMIT ?)""",
            pipeline,
            limit)
        .get(0);
  }

  /** The objects of a run in the order in which they landed. */
  public List<LandedObject> of(RunId run) {
    return sql.query(
        LandedObjects::object,
        "SELECT * FROM landed_object WHERE run = ? ORDER BY last_modified, id",
        run.value());
  }

  /**
   * An object of a run.
   *
   * @param object it
   * @param loadedBefore the last run that loaded an earlier version of it
   */
  public record OfRun(LandedObject object, Optional<RunId> loadedBefore) {}

  /**
   * Some objects of a run, in the order in which they landed.
   *
   * @param limit the most of them
   * @param after where the page before has ended
   */
  public Page<OfRun> page(RunId run, int limit, Optional<String> after) {
    return Page.of(
            sql.query(
                row -> Map.entry(row.getString("id"), ofRun(row)),
                """
                SELECT o.*, (
                    SELECT MAX(run.id) FROM landed_object AS earlier JOIN run ON run.id = earlier.run
                    WHERE earlier.pipeline = o.pipeline AND earlier.bucket = o.bucket AND earlier.object_key = o.object_key
                      AND (earlier.last_modified, earlier.id) < (o.last_modified, o.id)
                      AND run.id <> o.run AND run.state = 'SUCCEEDED') AS loaded_by
                FROM landed_object AS o
                WHERE o.run = ?1 AND (?3 IS NULL OR (o.last_modified, o.id) > (
                  SELECT before.last_modified, before.id FROM landed_object AS before WHERE before.id = ?3))
                ORDER BY o.last_modified, o.id LIMIT ?2""",
                run.value(),
                limit + 1,
                after),
            limit,
            Map.Entry::getKey)
        .map(Map.Entry::getValue);
  }

  private static OfRun ofRun(ResultSet row) throws SQLException {
    return new OfRun(object(row), Optional.ofNullable(row.getString("loaded_by")).map(RunId::new));
  }

  /** Records objects that a run has ingested itself. */
  static void insert(Connection connection, RunId run, List<LandedObject> objects)
      throws SQLException {
    Sql.batch(
        connection,
        """
        INSERT INTO landed_object (pipeline, bucket, object_key, etag, size, last_modified, seen_at, checksum, run)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        objects.stream().map(object -> row(object.pipeline(), object, run.value())).toList());
  }

  private static Object[] row(String pipeline, LandedObject object, Object... more) {
    return Stream.concat(
            Stream.of(
                pipeline,
                object.bucket(),
                object.key(),
                object.etag(),
                object.size(),
                object.lastModified(),
                object.seenAt(),
                object.checksum()),
            Stream.of(more))
        .toArray();
  }

  /**
   * What tells each object from all others, pipeline, bucket, key and ETag, for a statement over
   * many of them.
   *
   * @param before the value that comes before these, by the object
   */
  static List<Object[]> identities(
      List<LandedObject> objects, Function<LandedObject, Object> before) {
    return objects.stream()
        .map(
            object ->
                new Object[] {
                  before.apply(object),
                  object.pipeline(),
                  object.bucket(),
                  object.key(),
                  object.etag()
                })
        .toList();
  }

  static LandedObject object(ResultSet row) throws SQLException {
    return new LandedObject(
        row.getString("pipeline"),
        row.getString("bucket"),
        row.getString("object_key"),
        row.getString("etag"),
        row.getLong("size"),
        Instant.parse(row.getString("last_modified")),
        Instant.parse(row.getString("seen_at")),
        Optional.ofNullable(row.getString("checksum")));
  }
}
