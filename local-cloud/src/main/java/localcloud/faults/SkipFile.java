package localcloud.faults;

/** A REFRESH fails to register one of the files that it should. */
public record SkipFile() implements Effect {}
