package architecture.planted.curated;

/** Known by others. */
public final class APath {}
