package architecture.planted.archive;

import architecture.planted.store.AStore;

/** Breaks: archive knows landing and batch. */
public final class ArchiveKnowsTheStore {
  AStore known;
}
