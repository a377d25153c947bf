package architecture.planted.pipeline;

import architecture.planted.store.AStore;

/** Breaks: pipeline knows the leaves only. */
public final class PipelineKnowsTheStore {
  AStore known;
}
