package architecture.planted.pipeline;

import architecture.planted.cluster.ASetting;

/** Allowed: a setting is data. */
public final class PipelineKnowsASetting {
  ASetting known;
}
