package architecture.planted.landing;

import architecture.planted.cluster.AGateway;

/** Breaks: the leaves never know each other. */
public final class LandingKnowsACluster {
  AGateway known;
}
