package architecture.planted.util;

/** Breaks: every class is in a package of the design. */
public final class Helper {}
