package cluster.request;

import java.util.Optional;

/**
 * The configuration of one rung of a pipeline's capacity ladder.
 *
 * @param property the prefix of its properties: {@code cluster} for the first, {@code
 *     cluster.ladder.2} for the second
 * @param request a file with the request
 * @param machines the machines from its simple properties
 */
public record Rung(String property, Optional<RequestFile> request, Machines machines) {}
