package store;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.RunId;

/** Which landed objects were cleared from the landing prefix, and which are to be. */
@ApplicationScoped
public class ClearedObjects {

  private final Sql sql;

  ClearedObjects(Database database) {
    this.sql = database.sql();
  }

  /**
   * A landed object to clear.
   *
   * @param run its run, which has succeeded
   * @param row orders the run's objects
   */
  public record Uncleared(RunId run, long row, LandedObject object) {}

  /**
   * Objects of a pipeline's runs that have SUCCEEDED or had NO_DATA and that are not cleared yet,
   * run by run, the oldest run first.
   *
   * @param after the object after which to continue; empty: from the first
   */
  public List<Uncleared> of(String pipeline, Optional<Uncleared> after, int limit) {
    String run = after.map(last -> last.run().value()).orElse("");
    return sql.query(
        row ->
            new Uncleared(
                new RunId(row.getString("run")), row.getLong("id"), LandedObjects.object(row)),
        """
        SELECT o.* FROM run AS r JOIN landed_object AS o ON o.run = r.id
        WHERE r.pipeline = ? AND r.state IN ('SUCCEEDED', 'NO_DATA') AND r.cleared_at IS NULL
          AND o.cleared_at IS NULL AND r.id >= ? AND (r.id > ? OR o.id > ?)
        ORDER BY r.id, o.id LIMIT ?""",
        pipeline,
        run,
        run,
        after.map(Uncleared::row).orElse(0L),
        limit);
  }

  /** They are cleared; a run whose objects are all cleared is not read again. */
  public void cleared(List<Uncleared> objects, Instant now) {
    List<Object[]> rows = objects.stream().map(object -> new Object[] {now, object.row()}).toList();
    List<Object[]> runs =
        objects.stream()
            .map(object -> object.run().value())
            .distinct()
            .map(run -> new Object[] {now, run, run})
            .toList();
    sql.transaction(
        connection -> {
          Sql.batch(connection, "UPDATE landed_object SET cleared_at = ? WHERE id = ?", rows);
          return Sql.batch(
              connection,
              """
              UPDATE run SET cleared_at = ? WHERE id = ? AND NOT EXISTS (
                SELECT 1 FROM landed_object WHERE run = ? AND cleared_at IS NULL)""",
              runs);
        });
  }
}
