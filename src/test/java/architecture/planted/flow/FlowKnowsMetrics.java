package architecture.planted.flow;

import architecture.planted.metrics.AMeter;

/** Breaks: nobody knows metrics. */
public final class FlowKnowsMetrics {
  AMeter known;
}
