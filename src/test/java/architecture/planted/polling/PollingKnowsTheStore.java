package architecture.planted.polling;

import architecture.planted.store.AStore;

/** Breaks: polling knows flow, pipeline and run. */
public final class PollingKnowsTheStore {
  AStore known;
}
