package localcloud.faults;

import java.time.Instant;

/**
 * A call in the order in which the stand-ins received it.
 *
 * @param number 1 for the first call of the process
 * @param client the caller's HTTP header User-Agent; empty if there is none
 */
public record ReceivedCall(long number, Instant at, Call call, String client) {}
