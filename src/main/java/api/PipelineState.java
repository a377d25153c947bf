package api;

/**
 * What a person on call should know of a pipeline first. Where several hold, the first of these
 * counts: a pause is there until an operator ends it, so it must not be forgotten; a pipeline that
 * fails batch after batch always has a next run open, so its failure goes before that.
 */
public enum PipelineState {
  /** An operator has paused it: no run begins. */
  PAUSED,
  /**
   * The newest of its runs that have succeeded or failed has failed and was not replayed, an open
   * run makes no progress although it was tried again, or its landed objects are not taken because
   * of some trouble. A newer run may be open.
   */
  FAILING,
  /** A run has a cluster, or is getting one, or loads the table. */
  RUNNING,
  /** Objects wait for their batch, or a run waits for a cluster. */
  WAITING,
  /** There is nothing to do. */
  IDLE;

  /**
   * The state.
   *
   * @param isPaused whether an operator has paused it
   * @param fails whether its last run failed, an open one makes no progress, or its landed objects
   *     are not taken
   * @param runs whether a run has a cluster or loads
   * @param waits whether a run or an object waits
   */
  static PipelineState of(boolean isPaused, boolean fails, boolean runs, boolean waits) {
    if (isPaused) {
      return PAUSED;
    }
    if (fails) {
      return FAILING;
    }
    if (runs) {
      return RUNNING;
    }
    return waits ? WAITING : IDLE;
  }
}
