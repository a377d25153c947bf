package flow;

import java.util.List;

/**
 * The clusters that one call terminates.
 *
 * @param actions one per cluster, each of whose attempts is claimed
 */
public record Terminations(List<Action.Terminate> actions) {

  public Terminations {
    actions = List.copyOf(actions);
  }

  /** The ids of the clusters. */
  public List<String> clusterIds() {
    return actions.stream().map(action -> action.attempt().clusterId().orElseThrow()).toList();
  }
}
