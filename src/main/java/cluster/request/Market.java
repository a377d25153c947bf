package cluster.request;

/** How the core nodes are bought; the primary node is always On-Demand. */
public enum Market {
  ON_DEMAND,
  /** Cheaper, may be unavailable for hours, and may be reclaimed within two minutes. */
  SPOT
}
