package architecture.planted.run;

import architecture.planted.store.AStore;

/** Breaks: run knows batch only. */
public final class RunKnowsTheStore {
  AStore known;
}
