package architecture.planted.api;

import architecture.planted.cluster.AGateway;

/** Breaks: the API knows flow, store, run, batch and pipeline. */
public final class ApiKnowsACluster {
  AGateway known;
}
