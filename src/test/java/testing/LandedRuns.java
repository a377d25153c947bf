package testing;

import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import run.OpenRun;
import store.LandedObjects;
import store.RunStore;

/** Runs of the service under test, by what they took. */
@Singleton
public class LandedRuns {

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final RunStore runs;
  private final LandedObjects objects;

  LandedRuns(RunStore runs, LandedObjects objects) {
    this.runs = runs;
    this.objects = objects;
  }

  /** The newest run that has the object of that key, if one has. */
  public Optional<OpenRun> of(String key) {
    return runs.newest(100).stream()
        .filter(
            open ->
                objects.of(open.run().id()).stream().anyMatch(object -> object.key().equals(key)))
        .findFirst();
  }

  /** That run once it is in its last state; waits for it. */
  public OpenRun ended(String key) {
    Awaiting.until(
        "the run of " + key + " has ended",
        PATIENCE,
        () -> of(key).filter(open -> open.run().state().isFinal()).isPresent());
    return of(key).orElseThrow();
  }
}
