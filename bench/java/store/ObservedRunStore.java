package store;

import jakarta.enterprise.event.Event;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import run.Attempt;
import run.CheckOutcome;
import run.LeftOut;
import run.Rejected;
import run.Run;
import run.StateChanged;

/** The run store with an observer of its changes. */
public final class ObservedRunStore extends RunStore {

  private final Observer observer;

  private ObservedRunStore(Database database, Event<StateChanged> changed, Observer observer) {
    super(database, changed);
    this.observer = observer;
  }

  /** Called after the store has saved it. */
  public interface Observer {

    void saved(Attempt attempt);

    void saved(Run run);
  }

  /** The database over a source whose tables exist, for the store's classes. */
  public static Object database(DataSource source) {
    return new Database(source, "the simulation's run store");
  }

  /**
   * Creates it over that database.
   *
   * @param database created by {@link #database}
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
      Run before,
      Run run,
      Attempt attempt,
      List<CheckOutcome> checks,
      Optional<Rejected> rejected,
      Optional<LeftOut> leftOut) {
    super.judged(before, run, attempt, checks, rejected, leftOut);
    observer.saved(attempt);
    observer.saved(run);
  }
}
