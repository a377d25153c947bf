package cluster.request;

import java.time.Duration;
import java.util.List;

/**
 * The capacity ladder of a pipeline: the request of a run's first attempt, of its second, and so
 * on.
 *
 * @param rungs one template for each rung; not to be used while there are problems
 * @param problems everything that is wrong
 */
public record Ladder(List<Template> rungs, List<Problem> problems) {

  /**
   * Makes the templates of what is written, and checks that their clusters are ours and end by
   * themselves.
   *
   * @param simple what holds for all rungs
   * @param rungs at least the first
   * @param startDeadline how long a cluster may be STARTING; what EMR does by itself about a
   *     shortage must come before
   */
  public static Ladder of(SimpleSettings simple, List<Rung> rungs, Duration startDeadline) {
    return new Templates(simple, rungs, startDeadline).ladder();
  }
}
