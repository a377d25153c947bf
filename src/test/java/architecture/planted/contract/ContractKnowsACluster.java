package architecture.planted.contract;

import architecture.planted.cluster.AGateway;

/** Breaks: contract knows run, batch and Jackson. */
public final class ContractKnowsACluster {
  AGateway known;
}
