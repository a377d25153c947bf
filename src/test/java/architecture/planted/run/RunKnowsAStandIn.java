package architecture.planted.run;

import architecture.planted.localcloud.AStandIn;

/** Breaks: the service cannot tell that it runs on a laptop. */
public final class RunKnowsAStandIn {
  AStandIn known;
}
