package architecture.planted.metrics;

import architecture.planted.aws.AClients;

/** Breaks: metrics know only the calls of aws. */
public final class MetricsKnowTheClients {
  AClients known;
}
