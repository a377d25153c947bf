package localcloud.faults;

/**
 * A call that a stand-in received.
 *
 * @param operation as the service names it, such as RunJobFlow, PutObject or Query
 * @param detail what it concerns: EMR's cluster ids and names, S3's bucket/key, Snowflake's SQL
 *     without its secrets
 */
public record Call(Service service, String operation, String detail) {}
