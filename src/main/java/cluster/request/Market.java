package cluster.request;

/** How the core nodes are bought; the primary node is always On-Demand. */
public enum Market {
  ON_DEMAND,
  /** Cheaper, may be absent for hours, and may be taken away within two minutes. */
  SPOT
}
