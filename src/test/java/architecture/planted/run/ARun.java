package architecture.planted.run;

/** Known by others. */
public final class ARun {}
