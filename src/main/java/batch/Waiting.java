package batch;

import java.time.Instant;
import java.util.Optional;

/**
 * What waits for a batch, in all.
 *
 * @param objects how many objects there are, or as many as were counted
 * @param bytes their sizes together
 * @param longestSince when the one that has waited longest was seen; empty where none waits
 */
public record Waiting(int objects, double bytes, Optional<Instant> longestSince) {}
