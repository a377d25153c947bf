package architecture.planted.routes;

/** Known by others. */
public final class ARoute {}
