package batch;

/** Who fetches the object of a run that is started. */
public enum Fetcher {
  /** The run's cluster, in its first step. */
  CLUSTER,
  /** The service itself, before there is a cluster. */
  SERVICE
}
