package architecture.planted.flow;

import architecture.planted.store.AStore;

/** Breaks: flow does no I/O, not even through the store. */
public final class FlowHasTheStore {
  AStore known;
}
