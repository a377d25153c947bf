package architecture.planted.security;

import architecture.planted.store.AStore;

/** Breaks: security knows no other room. */
public final class SecurityKnowsTheStore {
  AStore known;
}
