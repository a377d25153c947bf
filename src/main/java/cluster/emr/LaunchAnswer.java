package cluster.emr;

/** The answer of RunJobFlow. */
public sealed interface LaunchAnswer {

  /**
   * The cluster exists.
   *
   * @param clusterId EMR's id
   */
  record Launched(String clusterId) implements LaunchAnswer {}

  /** EMR throttled the call: certainly nothing was created, and it is no failure. */
  record Throttled() implements LaunchAnswer {}

  /**
   * EMR denied access: certainly nothing was created, and the same request may be sent again.
   *
   * @param message EMR's words
   */
  record NotNow(String message) implements LaunchAnswer {}

  /**
   * EMR refused this request: certainly nothing was created.
   *
   * @param message EMR's words
   */
  record Refused(String message) implements LaunchAnswer {}

  /**
   * Unknown: the call may have been executed although its answer was lost.
   *
   * @param message what happened to the call
   */
  record Unknown(String message) implements LaunchAnswer {}
}
