package run;

import java.util.EnumSet;
import java.util.Set;

/** What a run is doing. {@link #next()} is the whole table of legal transitions. */
public enum RunState {
  /**
   * Its objects are taken and no other run can have them, or the service fetches its object; then
   * its manifest is written.
   */
  COLLECTED,
  /**
   * The manifest is in S3, or its cluster is to ingest its object and to write it; the run waits
   * for its turn to have a cluster.
   */
  QUEUED,
  /** A cluster is intended, or works. It may see several attempts. */
  PROCESSING,
  /** The steps are judged good; the external table is being refreshed and checked. */
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
   * Whether the service does nothing more by itself. Only a person's retry goes on from FAILED, and
   * a discard from FAILED and CANCELLED: it takes what was written out of the table.
   */
  public boolean isFinal() {
    return switch (this) {
      case COLLECTED, QUEUED, PROCESSING, LOADING -> false;
      case SUCCEEDED, FAILED, CANCELLED, NO_DATA -> true;
    };
  }
}
