package bench;

import batch.LandedObject;
import jakarta.enterprise.event.Event;
import java.util.List;
import run.Attempt;
import run.Findings;
import run.Run;
import run.RunBegun;
import run.StateChanged;
import store.Database;
import store.RunStore;

/** The run store, which tells an observer what it has. */
final class ObservedRunStore extends RunStore {

  private final Observer observer;

  ObservedRunStore(Database database, Event<StateChanged> changed, Event<RunBegun> begun, Observer observer) {
    super(database, changed, begun);
    this.observer = observer;
  }

  /** Called after the store has saved it. */
  interface Observer {

    void saved(Attempt attempt);

    void saved(Run run);
  }

  @Override
  public Attempt save(Attempt attempt) {
    Attempt saved = super.save(attempt);
    observer.saved(saved);
    return saved;
  }

  @Override
  public Run save(Run before, Run run) {
    Run saved = super.save(before, run);
    observer.saved(saved);
    return saved;
  }

  @Override
  public void judged(
      Run before, Run run, Attempt attempt, Findings findings, List<LandedObject> ingested) {
    super.judged(before, run, attempt, findings, ingested);
    observer.saved(attempt);
    observer.saved(run);
  }
}
