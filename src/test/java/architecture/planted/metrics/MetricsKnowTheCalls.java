package architecture.planted.metrics;

import architecture.planted.aws.ApiCalls;

/** Allowed: metrics count the calls. */
public final class MetricsKnowTheCalls {
  ApiCalls known;
}
