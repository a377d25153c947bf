package batch;

import java.time.Duration;

/**
 * When a batch closes: by count, by bytes or by age, whichever comes first.
 *
 * @param maxObjects objects in one batch at most, at least 1
 * @param maxBytes bytes in one batch; a single larger object makes a batch of its own
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

  /** The same, where all objects are alike. */
  public BatchLimits(int maxObjects, long maxBytes, Duration maxWait) {
    this(maxObjects, maxBytes, maxWait, Grouping.NONE);
  }

  /** The same, where no object waits for others. */
  public BatchLimits atOnce() {
    return new BatchLimits(maxObjects, maxBytes, Duration.ZERO, grouping);
  }
}
