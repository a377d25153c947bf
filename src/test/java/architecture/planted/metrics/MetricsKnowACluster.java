package architecture.planted.metrics;

import architecture.planted.cluster.AGateway;

/** Breaks: metrics know flow, store, run, batch, pipeline and the calls. */
public final class MetricsKnowACluster {
  AGateway known;
}
