package cluster.emr;

/** What RunJobFlow answered. */
public sealed interface LaunchAnswer {

  /**
   * The cluster exists.
   *
   * @param clusterId EMR's id
   */
  record Launched(String clusterId) implements LaunchAnswer {}

  /** EMR was asked too often: certainly nothing was created, and it is nobody's failure. */
  record Throttled() implements LaunchAnswer {}

  /**
   * EMR does not let us in now: certainly nothing was created, and the same request may be sent
   * again.
   *
   * @param message EMR's words
   */
  record NotNow(String message) implements LaunchAnswer {}

  /**
   * EMR refused the request as it stands: certainly nothing was created.
   *
   * @param message EMR's words
   */
  record Refused(String message) implements LaunchAnswer {}

  /**
   * Nobody knows: the call may have been carried out although its answer did not come.
   *
   * @param message what happened to the call
   */
  record Unknown(String message) implements LaunchAnswer {}
}
