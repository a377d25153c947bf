package architecture.planted.metrics;

/** Known by others. */
public final class AMeter {}
