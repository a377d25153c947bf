package architecture.planted.health;

import architecture.planted.cluster.AGateway;

/** Breaks: health knows flow, store, run, batch and pipeline. */
public final class HealthKnowsACluster {
  AGateway known;
}
