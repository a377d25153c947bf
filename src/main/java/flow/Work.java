package flow;

import jakarta.enterprise.context.ApplicationScoped;
import run.RunId;

/** What is worked on now: runs, and the listings of pipelines. */
@ApplicationScoped
public class Work {

  private final Claims<RunId> runs = new Claims<>();
  private final Claims<String> listings = new Claims<>();

  /** Claims on runs. */
  public Claims<RunId> runs() {
    return runs;
  }

  /** Claims on the listing of a pipeline, by its name. */
  public Claims<String> listings() {
    return listings;
  }
}
