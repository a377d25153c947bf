package architecture.planted.localcloud;

/** Known by others. */
public final class AStandIn {}
