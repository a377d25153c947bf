package architecture.planted.security;

/** Known by others. */
public final class ADoor {}
