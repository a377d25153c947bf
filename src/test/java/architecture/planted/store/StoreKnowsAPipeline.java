package architecture.planted.store;

import architecture.planted.pipeline.APipeline;

/** Breaks: store knows run, batch and JDBC. */
public final class StoreKnowsAPipeline {
  APipeline known;
}
