package store;

import batch.LandedObject;
import batch.ObjectsSetAside;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Optional;
import run.RunId;
import run.RunState;

/** Objects that no run will take, each with its reason. */
@ApplicationScoped
public class SetAsideObjects {

  private final Sql sql;
  private final Event<ObjectsSetAside> told;

  SetAsideObjects(Database database, Event<ObjectsSetAside> told) {
    this.sql = database.sql();
    this.told = told;
  }

  /**
   * A landed object that no run will take.
   *
   * @param reason why, and how to have it loaded
   */
  public record SetAside(LandedObject object, String reason) {}

  /** What happened to the earlier versions of an object. */
  public enum Earlier {
    /** No run has loaded one. */
    NOT_LOADED,
    /** An open run has one. */
    IN_A_RUN,
    /** Rows of one are in the table, or may be. */
    LOADED
  }

  /** No run will take these waiting objects of a pipeline. */
  public void setAside(String pipeline, List<LandedObject> objects, String reason) {
    int changed =
        sql.transaction(
            connection ->
                Sql.batch(
                    connection,
                    """
                    UPDATE landed_object SET set_aside = ?, batch_group = NULL
                    WHERE pipeline = ? AND bucket = ? AND object_key = ? AND etag = ? AND run IS NULL""",
                    LandedObjects.identities(objects, object -> reason)));
    if (changed > 0) {
      told.fire(new ObjectsSetAside(pipeline, changed));
    }
  }

  /** The newest objects of a pipeline that no run will take, newest first. */
  public List<SetAside> newest(String pipeline, int limit) {
    return sql.query(
        row -> new SetAside(LandedObjects.object(row), row.getString("set_aside")),
        """
        SELECT * FROM landed_object WHERE pipeline = ? AND set_aside IS NOT NULL
        ORDER BY id DESC LIMIT ?""",
        pipeline,
        limit);
  }

  /** What happened to the earlier versions of a waiting object. */
  public Earlier earlier(LandedObject object) {
    return sql
        .query(
            row -> of(RunState.valueOf(row.getString("state")), row.getInt("may_be_in_table") == 1),
            """
            SELECT run.state, run.may_be_in_table
            FROM landed_object AS o JOIN run ON run.id = o.run
            WHERE o.pipeline = ? AND o.bucket = ? AND o.object_key = ? AND o.etag <> ?""",
            object.pipeline(),
            object.bucket(),
            object.key(),
            object.etag())
        .stream()
        .max(Enum::compareTo)
        .orElse(Earlier.NOT_LOADED);
  }

  /**
   * A landed object, an earlier version of which is in the table.
   *
   * @param run the newest that loaded one
   */
  public record LoadedBefore(LandedObject object, RunId run) {}

  /**
   * The objects of a run of which an earlier version was loaded, in the order in which they landed.
   */
  public List<LoadedBefore> loadedBefore(RunId run) {
    return sql.query(
        row -> new LoadedBefore(LandedObjects.object(row), new RunId(row.getString("loaded_by"))),
        """
        SELECT o.*, MAX(run.id) AS loaded_by
        FROM landed_object AS o JOIN landed_object AS earlier ON earlier.pipeline = o.pipeline
          AND earlier.bucket = o.bucket AND earlier.object_key = o.object_key
          AND (earlier.last_modified, earlier.id) < (o.last_modified, o.id)
        JOIN run ON run.id = earlier.run
        WHERE o.run = ? AND run.id <> o.run AND run.state = 'SUCCEEDED'
        GROUP BY o.id ORDER BY o.last_modified, o.id""",
        run.value());
  }

  /**
   * What happened to the version before a waiting object, if its content is the same: it has the
   * same size and checksum. The version before is the last one that a run has.
   */
  public Earlier sameBefore(LandedObject object) {
    return sql.first(
            row ->
                object.size() == row.getLong("size")
                        && object.checksum().equals(Optional.ofNullable(row.getString("checksum")))
                    ? of(
                        RunState.valueOf(row.getString("state")),
                        row.getInt("may_be_in_table") == 1)
                    : Earlier.NOT_LOADED,
            """
            SELECT o.size, o.checksum, run.state, run.may_be_in_table
            FROM landed_object AS o JOIN run ON run.id = o.run
            WHERE o.pipeline = ? AND o.bucket = ? AND o.object_key = ? AND o.etag <> ? AND o.last_modified <= ?
            ORDER BY o.last_modified DESC, o.id DESC LIMIT 1""",
            object.pipeline(),
            object.bucket(),
            object.key(),
            object.etag(),
            object.lastModified())
        .filter(earlier -> object.checksum().isPresent())
        .orElse(Earlier.NOT_LOADED);
  }

  private static Earlier of(RunState state, boolean mayBeInTable) {
    if (!state.isFinal()) {
      return Earlier.IN_A_RUN;
    }
    return state == RunState.SUCCEEDED || mayBeInTable ? Earlier.LOADED : Earlier.NOT_LOADED;
  }
}
