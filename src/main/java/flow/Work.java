package flow;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import run.RunId;

/** What is worked on now: runs, and the listings of pipelines. */
@ApplicationScoped
public class Work {

  private final Claims<RunId> runs = new Claims<>();
  private final Claims<String> listings = new Claims<>();
  private final AtomicReference<Instant> looked = new AtomicReference<>(Instant.MIN);

  /** EMR has been asked for all clusters. */
  public void looked(Instant at) {
    looked.set(at);
  }

  /** When EMR was last asked for all clusters; the beginning of time before it first was. */
  public Instant looked() {
    return looked.get();
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
