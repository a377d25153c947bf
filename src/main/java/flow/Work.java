package flow;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import run.RunId;

/** What is worked on now: runs, and the listings of pipelines. */
@ApplicationScoped
public class Work {

  private final Claims<RunId> runs = new Claims<>();
  private final Claims<String> listings = new Claims<>();
  private final AtomicReference<Instant> looked = new AtomicReference<>(Instant.MIN);
  private final AtomicBoolean lookRequested = new AtomicBoolean();

  /** EMR has been asked for all clusters. */
  public void looked(Instant at) {
    looked.set(at);
  }

  /** When EMR was last asked for all clusters; the beginning of time before it first was. */
  public Instant looked() {
    return looked.get();
  }

  /** Asks for a look at the clusters before the next one is due. Asked twice is asked once. */
  public void lookSoon() {
    lookRequested.set(true);
  }

  /** Whether a look was asked for since this was last asked; who is told so has to look. */
  public boolean takeLookRequest() {
    return lookRequested.getAndSet(false);
  }

  /** Claims on runs. */
  public Claims<RunId> runs() {
    return runs;
  }

  /** Claims on the listing of a pipeline, by its name. */
  public Claims<String> listings() {
    return listings;
  }
}
