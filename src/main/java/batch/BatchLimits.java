package batch;

import java.time.Duration;

/**
 * When a batch closes: by count, by bytes or by age, whichever comes first.
 *
 * @param maxObjects the most objects in one batch, at least 1
 * @param maxBytes the most bytes in one batch; a single larger object is a batch of its own
 * @param maxWait how long the oldest object waits for others; zero closes at once
 * @param grouping which objects may be in one batch
 */
public record BatchLimits(int maxObjects, long maxBytes, Duration maxWait, Grouping grouping) {

  public BatchLimits {
    if (maxObjects < 1 || maxBytes < 1 || maxWait.isNegative()) {
      throw new IllegalArgumentException(
          "Cannot limit batches to %d objects, %d bytes, %s"
              .formatted(maxObjects, maxBytes, maxWait));
    }
  }

  /** The same without groups and markers. */
  public BatchLimits(int maxObjects, long maxBytes, Duration maxWait) {
    this(maxObjects, maxBytes, maxWait, Grouping.NONE);
  }

  /** The same limits for objects that wait for no others. */
  public BatchLimits atOnce() {
    return new BatchLimits(maxObjects, maxBytes, Duration.ZERO, grouping);
  }
}
