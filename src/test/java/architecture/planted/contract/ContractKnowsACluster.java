package architecture.planted.contract;

import architecture.planted.cluster.AGateway;

/** Breaks: contract knows Jackson. */
public final class ContractKnowsACluster {
  AGateway known;
}
