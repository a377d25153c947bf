package run;

/** The states of a cluster, as EMR names them (Amazon EMR API reference, ClusterStatus). */
public enum ClusterState {
  STARTING,
  BOOTSTRAPPING,
  RUNNING,
  WAITING,
  TERMINATING,
  TERMINATED,
  TERMINATED_WITH_ERRORS;

  /** Whether the cluster leaves this state by itself, within minutes. */
  public boolean isMoving() {
    return switch (this) {
      case STARTING, BOOTSTRAPPING, TERMINATING -> true;
      case RUNNING, WAITING, TERMINATED, TERMINATED_WITH_ERRORS -> false;
    };
  }

  /** Whether the cluster is gone and costs nothing more. */
  public boolean isGone() {
    return this == TERMINATED || this == TERMINATED_WITH_ERRORS;
  }
}
