package architecture.planted.cluster;

import architecture.planted.curated.APath;

/** Breaks: the leaves never know each other. */
public final class ClusterKnowsCurated {
  APath known;
}
