package architecture.planted.flow;

import architecture.planted.routes.ARoute;

/** Breaks: nobody knows routes. */
public final class FlowKnowsARoute {
  ARoute known;
}
