package store;

import batch.LandedObject;
import batch.ObjectsLanded;
import batch.ObjectsSetAside;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import run.Attempt;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunBegun;
import run.RunId;
import run.RunState;
import run.StateChanged;
import testing.FailingDataSource;
import testing.Iris;
import testing.RecordedEvents;

/** What every run store must do, whatever database is underneath. */
abstract class StoreContract {

  static final Instant NOON = Iris.NOON;
  final RecordedEvents<StateChanged> changes = new RecordedEvents<>();
  final RecordedEvents<RunBegun> begun = new RecordedEvents<>();
  final RecordedEvents<ObjectsLanded> landings = new RecordedEvents<>();
  FailingDataSource source;
  RunStore runs;
  LandedObjects objects;
  BatchGroups groups;
  BatchMarkers markers;
  SetAsideObjects aside;
  SentStatements statements;
  final RecordedEvents<ObjectsSetAside> setAside = new RecordedEvents<>();

  /** An empty store with its tables. */
  abstract DataSource emptyStore();

  @BeforeEach
  void open() {
    source = new FailingDataSource(emptyStore());
    runs = new RunStore(new Database(source, "runs.db"), changes, begun);
    objects = new LandedObjects(new Database(source, "runs.db"), landings);
    groups = new BatchGroups(new Database(source, "runs.db"));
    markers = new BatchMarkers(new Database(source, "runs.db"));
    aside = new SetAsideObjects(new Database(source, "runs.db"), setAside);
    statements = new SentStatements(new Database(source, "runs.db"));
  }

  Run collected(RunId id, String key) {
    objects.record("iris", List.of(object(key)));
    Run run = run(id);
    runs.collect(run, List.of(object(key)));
    return run;
  }

  void begun(RunId id) {
    Run run = collected(id, "object-of-" + id);
    runs.begin(run, in(id, RunState.PROCESSING), attempt(id, 1));
  }

  void failed(RunId id, RunState reached) {
    Run collected = collected(id, "object-of-" + id);
    runs.save(collected, in(id, reached));
    Run stored = stored(id);
    Outcome end = Outcome.failed(new Failure(FailureKind.WAREHOUSE, "bad", "mend"));
    runs.save(stored, stored.decide(end).moveTo(RunState.FAILED, NOON));
  }

  Run stored(RunId id) {
    return runs.find(id).orElseThrow().run();
  }

  List<Attempt> attempts(RunId id) {
    return runs.find(id).orElseThrow().attempts();
  }

  static Run run(RunId id) {
    return Run.collected(id, "iris", NOON, 1, 1);
  }

  static Run in(RunId id, RunState state) {
    return in(id, "iris", state, 1);
  }

  static Run in(RunId id, String pipeline, RunState state, int objects) {
    Run run = Run.collected(id, pipeline, NOON, objects, 1);
    return new Run(
        run.origin(),
        new Run.Standing(state, NOON, 1, Optional.empty()),
        run.input(),
        run.output(),
        0,
        Optional.empty());
  }

  static Attempt attempt(RunId id, int number) {
    return Attempt.intended(
        new Attempt.Intent(
            id, number, 1, "cluster of " + id, "s3://logs/", NOON, NOON.plusSeconds(60)));
  }

  static RunId id(int number) {
    return RunId.create(NOON, number);
  }

  static LandedObject object(String key) {
    return Iris.object(key, 1, NOON);
  }

  static List<String> keys(List<LandedObject> objects) {
    return objects.stream().map(LandedObject::key).toList();
  }
}
