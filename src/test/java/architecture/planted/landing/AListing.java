package architecture.planted.landing;

/** Known by others. */
public final class AListing {}
