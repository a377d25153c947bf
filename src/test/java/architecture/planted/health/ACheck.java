package architecture.planted.health;

/** Known by others. */
public final class ACheck {}
