package localcloud.faults;

/**
 * A session of Snowflake expires when a call comes in.
 *
 * @param gone whether it has ended for good, instead of having to be renewed
 */
public record SessionExpired(boolean gone) implements Effect {}
