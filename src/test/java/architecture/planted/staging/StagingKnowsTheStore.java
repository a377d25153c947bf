package architecture.planted.staging;

import architecture.planted.store.AStore;

/** Breaks: staging knows curated and run. */
public final class StagingKnowsTheStore {
  AStore known;
}
