package localcloud.emr;

import java.time.Instant;

/**
 * One call of EMR's API as EMR saw it.
 *
 * @param operation as on the wire, such as RunJobFlow
 * @param clusters the ids that it named or made, separated by commas; empty if none
 * @param outcome OK, or the type of the error
 * @param message the error's; empty if none
 */
public record ApiCall(
    Instant time, String operation, String clusters, String outcome, String message) {}
