package store;

import batch.LandedObject;
import batch.ObjectsLanded;
import batch.ObjectsSetAside;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import run.Attempt;
import run.OpenRun;
import run.Run;
import run.RunBegun;
import run.RunId;
import run.RunState;
import run.StateChanged;
import testing.FailingDataSource;
import testing.Iris;
import testing.RecordedEvents;

/** A run store in a file of its own, for tests of what uses one. */
public final class FileStore {

  private final FailingDataSource source;

  /**
   * Makes it; what is in its file already stays.
   *
   * @param folder where its file is put
   */
  public FileStore(Path folder) {
    source = new FailingDataSource(SqliteFile.withTables(folder.resolve("runs.db")));
  }

  /** From the statement after that many others on, it is away. */
  public void failAfter(int statements) {
    source.failAfter(statements, new SQLException("the disk is full"));
  }

  /** It is there again. */
  public void recover() {
    source.recover();
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
    return new RunStore(
        database(), new RecordedEvents<StateChanged>(), new RecordedEvents<RunBegun>());
  }

  /** Its runs; the observer is told of each that begins. */
  public RunStore runs(Consumer<RunBegun> observer) {
    return new RunStore(
        database(), new RecordedEvents<StateChanged>(), new RecordedEvents<>(observer));
  }

  /** Its backfills. */
  public Backfills backfills() {
    return new Backfills(database(), new RecordedEvents<ObjectsLanded>());
  }

  /** Its paused pipelines. */
  public PausedPipelines paused() {
    return new PausedPipelines(database());
  }

  /** Its schedules. */
  public Schedules schedules() {
    return new Schedules(database());
  }

  /** Its starts. */
  public Starts starts() {
    return new Starts(database(), new RecordedEvents<RunBegun>());
  }

  /** Those that are to be cleared away. */
  public ClearedObjects cleared() {
    return new ClearedObjects(database());
  }

  /** What becomes of curated files that no table needs. */
  public RetiredOutputs retired() {
    return new RetiredOutputs(database());
  }

  /** What was sent to Snowflake. */
  public SentStatements statements() {
    return new SentStatements(database());
  }

  /** A run of the pipeline that has these objects and is in that state. */
  public void run(RunId id, String pipeline, RunState state, List<LandedObject> taken) {
    objects().record(pipeline, taken);
    Run run = Run.collected(id, pipeline, Iris.NOON, taken.size(), 1);
    runs().collect(run, taken);
    runs().save(run, StoreContract.in(id, pipeline, state, taken.size()));
  }

  /** EMR is asked for the cluster of a collected run. */
  public void launch(RunId id) {
    Run collected = runs().find(id).orElseThrow().run();
    runs().save(collected, collected.moveTo(RunState.QUEUED, Iris.NOON));
    Run queued = runs().find(id).orElseThrow().run();
    Attempt attempt = StoreContract.attempt(id, 1);
    runs().begin(queued, queued.moveTo(RunState.PROCESSING, Iris.NOON), attempt);
    runs().save(attempt.called(Iris.NOON));
  }

  /** A new run has an attempt with that cluster. */
  public OpenRun runWith(RunId id, String pipeline, String cluster) {
    Run collected = Run.collected(id, pipeline, Iris.NOON, 1, 1);
    runs().collect(collected, List.of());
    launch(id);
    Attempt called = runs().attempt(id, 1).orElseThrow();
    runs().save(called.launched(cluster));
    return runs().find(id).orElseThrow();
  }

  /** A collected run has ended well. */
  public void succeed(RunId id) {
    Run run = runs().find(id).orElseThrow().run();
    runs().save(run, StoreContract.in(id, run.pipeline(), RunState.SUCCEEDED, run.objects()));
  }

  /** Its database. */
  public Database database() {
    return new Database(source, "runs.db");
  }
}
