package localcloud.faults;

import java.time.Instant;

/**
 * A call in the order in which the stand-ins received it.
 *
 * @param number 1 for the first call of the process
 */
public record ReceivedCall(long number, Instant at, Call call) {}
