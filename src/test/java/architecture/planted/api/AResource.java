package architecture.planted.api;

/** Known by others. */
public final class AResource {}
