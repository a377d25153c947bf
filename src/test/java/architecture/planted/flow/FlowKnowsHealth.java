package architecture.planted.flow;

import architecture.planted.health.ACheck;

/** Breaks: nobody knows health. */
public final class FlowKnowsHealth {
  ACheck known;
}
