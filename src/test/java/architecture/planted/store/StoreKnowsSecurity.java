package architecture.planted.store;

import architecture.planted.security.ADoor;

/** Breaks: only the shell and configuration know security. */
public final class StoreKnowsSecurity {
  ADoor known;
}
