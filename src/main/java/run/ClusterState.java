package run;

/** The states of a cluster in EMR's own words (Amazon EMR API reference, ClusterStatus). */
public enum ClusterState {
  STARTING,
  BOOTSTRAPPING,
  RUNNING,
  WAITING,
  TERMINATING,
  TERMINATED,
  TERMINATED_WITH_ERRORS;

  /** Whether the cluster is gone and costs nothing more. */
  public boolean isGone() {
    return this == TERMINATED || this == TERMINATED_WITH_ERRORS;
  }
}
