package pipeline;

import cluster.step.OwnStep;
import java.util.List;
import staging.StagedFile;

/**
 * A user's own steps in place of the service's Spark job.
 *
 * @param own the user's own steps, in their order; none: the service's own job runs
 * @param files the files that are put into the curated bucket for them
 */
public record Steps(List<OwnStep> own, List<StagedFile> files) {

  /** The service's own job. */
  public static final Steps NONE = new Steps(List.of(), List.of());

  public Steps {
    own = List.copyOf(own);
    files = List.copyOf(files);
  }

  /** Whether there are steps of the user's own. */
  public boolean areOwn() {
    return !own.isEmpty();
  }
}
