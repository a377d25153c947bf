package architecture.planted.inflight;

import architecture.planted.store.AStore;

/** Breaks: inflight knows flow, landing, run and batch. */
public final class InFlightKnowsTheStore {
  AStore known;
}
