package architecture.planted.flow;

import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;

/** Allowed: a request is data. */
public final class FlowMakesARequest {
  RunJobFlowRequest request;
}
