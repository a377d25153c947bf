package routes;

import flow.Action;
import java.util.List;

/**
 * The clusters that one call ends.
 *
 * @param actions of as many runs, each of which is claimed
 */
record Terminations(List<Action.Terminate> actions) {

  Terminations {
    actions = List.copyOf(actions);
  }

  List<String> clusterIds() {
    return actions.stream().map(action -> action.attempt().clusterId().orElseThrow()).toList();
  }
}
