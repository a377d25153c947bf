package batch;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits for a batch, in total.
 *
 * @param objects how many objects there are, as far as they were counted
 * @param bytes their sizes together
 * @param longestSince when the one that has waited longest was first seen; empty if none waits
 */
public record Waiting(int objects, double bytes, Optional<Instant> longestSince) {}
