package store;

import batch.ObjectsLanded;
import batch.ObjectsSetAside;
import java.nio.file.Path;
import javax.sql.DataSource;
import run.StateChanged;
import testing.RecordedEvents;

/** A run store in a file of its own, for tests of what uses one. */
public final class FileStore {

  private final DataSource source;

  /**
   * Makes it.
   *
   * @param folder where its file is put
   */
  public FileStore(Path folder) {
    source = SqliteFile.withTables(folder.resolve("runs.db"));
  }

  /** Its landed objects. */
  public LandedObjects objects() {
    return new LandedObjects(database(), new RecordedEvents<ObjectsLanded>());
  }

  /** Their groups. */
  public BatchGroups groups() {
    return new BatchGroups(database());
  }

  /** Its markers. */
  public BatchMarkers markers() {
    return new BatchMarkers(database());
  }

  /** What no run will take. */
  public SetAsideObjects aside() {
    return new SetAsideObjects(database(), new RecordedEvents<ObjectsSetAside>());
  }

  /** Its runs. */
  public RunStore runs() {
    return new RunStore(database(), new RecordedEvents<StateChanged>());
  }

  /** Its backfills. */
  public Backfills backfills() {
    return new Backfills(database(), new RecordedEvents<ObjectsLanded>());
  }

  private Database database() {
    return new Database(source, "runs.db");
  }
}
