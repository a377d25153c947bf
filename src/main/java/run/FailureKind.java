package run;

/** Why a run failed, in the terms that decide what happens next. */
public enum FailureKind {
  /** EMR had no machines of the requested types. */
  CAPACITY,
  /** A bootstrap action failed. */
  BOOTSTRAP,
  /** EMR, Spark, S3 or this service itself failed, or something unknown did. */
  INTERNAL,
  /** Machines of the cluster were lost. */
  INSTANCE,
  /** EMR refused the request, or spark-submit found no code where a step names it. */
  VALIDATION,
  /** The pipeline's transform or step failed. */
  USER_CODE,
  /** The landed objects are not what the pipeline declares. */
  DATA,
  /** A deadline passed. */
  TIMEOUT,
  /** An operator cancelled it. */
  CANCELLED,
  /** Snowflake refused the load, or the table did not agree with the job's result. */
  WAREHOUSE;

  /** Whether another cluster may succeed: nothing of the user's own has failed. */
  public boolean deservesAnotherCluster() {
    return switch (this) {
      case CAPACITY, BOOTSTRAP, INTERNAL, INSTANCE -> true;
      case VALIDATION, USER_CODE, DATA, TIMEOUT, CANCELLED, WAREHOUSE -> false;
    };
  }
}
