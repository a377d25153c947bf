package architecture.planted.ingest;

import architecture.planted.store.AStore;

/** Breaks: ingest knows no shell. */
public final class IngestKnowsTheStore {
  AStore known;
}
