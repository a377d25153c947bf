package store;

import batch.LandedObject;
import batch.ObjectsLanded;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import run.Run;
import run.RunId;
import run.RunState;
import run.StateChanged;
import testing.Iris;
import testing.RecordedEvents;

/** The run store over an SQLite file, for tests of what uses it. */
public record DiskStore(
    LandedObjects objects, BatchMarkers markers, RunStore runs, ClearedObjects cleared) {

  /** With its tables; what is in the file already stays. */
  public static DiskStore at(Path file) {
    DataSource source = SqliteFile.withTables(file);
    Database database = new Database(source, file.toString());
    return new DiskStore(
        new LandedObjects(database, new RecordedEvents<ObjectsLanded>()),
        new BatchMarkers(database),
        new RunStore(database, new RecordedEvents<StateChanged>()),
        new ClearedObjects(database));
  }

  /** A run of the pipeline that has these objects and is in that state. */
  public void run(RunId id, String pipeline, RunState state, List<LandedObject> taken) {
    objects.record(pipeline, taken);
    Run run = Run.collected(id, pipeline, Iris.NOON, taken.size(), 1);
    runs.collect(run, taken);
    runs.save(run, StoreContract.in(id, pipeline, state, taken.size()));
  }
}
