package architecture.planted.cluster;

import architecture.planted.sparkjob.AJob;

/** Breaks: the service knows the Spark job by its contract only. */
public final class ClusterKnowsTheJob {
  AJob known;
}
