package architecture.planted.flow;

import architecture.planted.cluster.AGateway;

/** Breaks: flow does no I/O, not even through a gateway. */
public final class FlowHasAGateway {
  AGateway known;
}
