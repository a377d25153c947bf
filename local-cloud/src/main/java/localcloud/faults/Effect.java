package localcloud.faults;

/**
 * What a fault does. Each permitted type says by itself where it strikes, so that a stand-in asks
 * only for those that concern the place where it asks.
 */
public sealed interface Effect permits OnCall, OnCluster {}
