package store;

import batch.LandedObject;
import batch.Marker;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The markers of batches: each is one row, with when it was last written. */
@ApplicationScoped
public class BatchMarkers {

  private final Sql sql;

  BatchMarkers(Database database) {
    this.sql = database.sql();
  }

  /**
   * A marker that has not closed its folder yet.
   *
   * @param lastModified it closes what was written up to then
   */
  public record NewMarker(String pipeline, String bucket, String key, Instant lastModified) {

    /** What the keys that it closes begin with. */
    public String folder() {
      return Marker.folder(key);
    }
  }

  /**
   * Records markers of a pipeline. A marker that was written again is recognised only by its time,
   * because it is usually as empty as before.
   *
   * @return how many are new, or were written again
   */
  public int record(String pipeline, List<LandedObject> markers) {
    if (markers.isEmpty()) {
      return 0;
    }
    List<Object[]> rows =
        markers.stream()
            .map(
                marker ->
                    new Object[] {
                      pipeline,
                      marker.bucket(),
                      marker.key(),
                      marker.lastModified(),
                      marker.seenAt()
                    })
            .toList();
    return sql.transaction(
        connection ->
            Sql.batch(
                connection,
                """
                INSERT INTO batch_marker (pipeline, bucket, object_key, last_modified, seen_at, has_closed)
                VALUES (?, ?, ?, ?, ?, 0)
                ON CONFLICT (pipeline, bucket, object_key) DO UPDATE
                SET last_modified = excluded.last_modified, seen_at = excluded.seen_at, has_closed = 0
                WHERE excluded.last_modified > batch_marker.last_modified""",
                rows));
  }

  /** The markers that have not closed their folders and were seen before then; deepest first. */
  public List<NewMarker> seenBefore(String pipeline, Instant then) {
    return sql.query(
        BatchMarkers::marker,
        """
        SELECT * FROM batch_marker WHERE pipeline = ? AND has_closed = 0 AND seen_at < ?
        ORDER BY LENGTH(object_key) - LENGTH(REPLACE(object_key, '/', '')) DESC, object_key""",
        pipeline,
        then);
  }

  /**
   * The next objects without a group that a marker closes: those of its folder and of the folders
   * in it that were written before it, in the order of their keys.
   *
   * @param after the last key that was read; the marker's folder at first
   */
  public List<LandedObject> closedBy(NewMarker marker, String after, String afterEtag, int limit) {
    return sql.query(
        LandedObjects::object,
        """
        SELECT * FROM landed_object
        WHERE pipeline = ? AND bucket = ? AND object_key < ? AND (object_key, etag) > (?, ?)
          AND run IS NULL AND batch_group IS NULL AND set_aside IS NULL AND backfill IS NULL AND last_modified <= ?
        ORDER BY object_key, etag LIMIT ?""",
        marker.pipeline(),
        marker.bucket(),
        marker.folder() + Character.toString(Character.MAX_CODE_POINT),
        after,
        afterEtag,
        marker.lastModified(),
        limit);
  }

  /** The marker has closed its folder; one that was written again meanwhile will once more. */
  public void closed(NewMarker marker) {
    sql.write(
        """
                UPDATE batch_marker SET has_closed = 1
                WHERE pipeline = ? AND bucket = ? AND object_key = ? AND last_modified = ?""",
        marker.pipeline(),
        marker.bucket(),
        marker.key(),
        marker.lastModified());
  }

  private static NewMarker marker(ResultSet row) throws SQLException {
    return new NewMarker(
        row.getString("pipeline"),
        row.getString("bucket"),
        row.getString("object_key"),
        Instant.parse(row.getString("last_modified")));
  }
}
