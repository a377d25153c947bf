package run;

import java.util.EnumSet;
import java.util.Set;

/** The state of a run. {@link #next()} is the complete table of legal transitions. */
public enum RunState {
  /**
   * Its objects are taken and no other run can have them, or the service fetches its object; then
   * its manifest is written.
   */
  COLLECTED,
  /**
   * The manifest is in S3, or its cluster will ingest its object and write it; the run waits for
   * its turn to get a cluster.
   */
  QUEUED,
  /** A cluster is intended or running. There may be several attempts. */
  PROCESSING,
  /** The steps have succeeded; the external table is being refreshed and checked. */
  LOADING,
  /** The table answers with exactly this run's rows, and every cluster of the run is gone. */
  SUCCEEDED,
  FAILED,
  CANCELLED,
  /** The batch held no rows; nothing was loaded. */
  NO_DATA;

  /** The states that may follow this one. */
  public Set<RunState> next() {
    return switch (this) {
      case COLLECTED -> EnumSet.of(QUEUED, FAILED, CANCELLED, NO_DATA);
      case QUEUED -> EnumSet.of(PROCESSING, FAILED, CANCELLED);
      case PROCESSING -> EnumSet.of(LOADING, FAILED, CANCELLED, NO_DATA);
      case LOADING -> EnumSet.of(SUCCEEDED, FAILED, CANCELLED);
      case FAILED -> EnumSet.of(COLLECTED, QUEUED, PROCESSING, LOADING);
      case CANCELLED -> EnumSet.of(LOADING);
      case SUCCEEDED, NO_DATA -> EnumSet.noneOf(RunState.class);
    };
  }

  /**
   * Whether the service does nothing more by itself. Only an operator's retry continues from
   * FAILED, and a discard, which takes the output out of the table, from FAILED and CANCELLED.
   */
  public boolean isFinal() {
    return switch (this) {
      case COLLECTED, QUEUED, PROCESSING, LOADING -> false;
      case SUCCEEDED, FAILED, CANCELLED, NO_DATA -> true;
    };
  }
}
