package localcloud.faults;

/**
 * What a fault does. Each permitted type has its own place, so that a stand-in asks only for those
 * of the place where it asks.
 */
public sealed interface Effect
    permits OnCall, OnCluster, SessionExpired, Locked, SkipFile, SlowBody {}
