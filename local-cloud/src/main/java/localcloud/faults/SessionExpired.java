package localcloud.faults;

/**
 * A Snowflake session expires when a call arrives.
 *
 * @param gone whether it has ended for good, instead of having to be renewed
 */
public record SessionExpired(boolean gone) implements Effect {}
