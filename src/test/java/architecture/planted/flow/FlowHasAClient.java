package architecture.planted.flow;

import software.amazon.awssdk.services.emr.EmrClient;

/** Breaks: flow does no I/O. */
public final class FlowHasAClient {
  EmrClient emr;
}
