package architecture.planted.flow;

import architecture.planted.api.AResource;

/** Breaks: nobody knows the API. */
public final class FlowKnowsTheApi {
  AResource known;
}
