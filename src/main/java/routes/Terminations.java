package routes;

import flow.Leg;
import java.util.List;

/**
 * The clusters that one call ends.
 *
 * @param legs of as many runs, each of which is claimed
 */
record Terminations(List<Leg.Terminate> legs) {

  Terminations {
    legs = List.copyOf(legs);
  }

  List<String> clusterIds() {
    return legs.stream().map(leg -> leg.attempt().clusterId().orElseThrow()).toList();
  }
}
