package architecture.planted.warehouse;

import architecture.planted.store.AStore;

/** Breaks: warehouse knows contract and run. */
public final class WarehouseKnowsTheStore {
  AStore known;
}
