package cluster.request;

import java.util.Optional;

/**
 * What the configuration says of one rung of a pipeline's capacity ladder.
 *
 * @param property what its properties begin with: {@code cluster} for the first, {@code
 *     cluster.ladder.2} for the second
 * @param request a file with the request
 * @param machines what its simple properties say of the machines
 */
public record Rung(String property, Optional<RequestFile> request, Machines machines) {}
