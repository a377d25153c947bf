package store;

import batch.LandedObject;
import jakarta.enterprise.event.Event;
import java.util.List;
import javax.sql.DataSource;
import run.Attempt;
import run.Findings;
import run.Run;
import run.StateChanged;

/** The run store, and somebody who is told of what it has. */
public final class ObservedRunStore extends RunStore {

  private final Observer observer;

  private ObservedRunStore(Database database, Event<StateChanged> changed, Observer observer) {
    super(database, changed);
    this.observer = observer;
  }

  /** Is told after the store has it. */
  public interface Observer {

    void saved(Attempt attempt);

    void saved(Run run);
  }

  /** The database over a source whose tables are there, as the store's classes want it. */
  public static Object database(DataSource source) {
    return new Database(source, "the simulation's run store");
  }

  /**
   * Over that database.
   *
   * @param database made by {@link #database}
   */
  public static ObservedRunStore over(
      Object database, Event<StateChanged> changed, Observer observer) {
    return new ObservedRunStore((Database) database, changed, observer);
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
