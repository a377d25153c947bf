package architecture.planted.pipeline;

import architecture.planted.cluster.AGateway;

/** Breaks: pipeline knows only what is data of the leaves. */
public final class PipelineKnowsAGateway {
  AGateway known;
}
