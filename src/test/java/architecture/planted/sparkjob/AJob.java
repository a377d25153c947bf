package architecture.planted.sparkjob;

/** Known by others. */
public final class AJob {}
