package run;

/** The states of a step, as EMR names them (Amazon EMR API reference, StepStatus). */
public enum StepState {
  PENDING,
  CANCEL_PENDING,
  RUNNING,
  COMPLETED,
  CANCELLED,
  FAILED,
  INTERRUPTED;

  /** Whether the step will not change any more. */
  public boolean isEnded() {
    return switch (this) {
      case PENDING, CANCEL_PENDING, RUNNING -> false;
      case COMPLETED, CANCELLED, FAILED, INTERRUPTED -> true;
    };
  }
}
