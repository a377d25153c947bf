package batch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides which waiting objects make a batch. */
public final class Batches {

  /**
   * If this part of the wait, or this long, has brought no further object that landed together with
   * the others, all are found.
   */
  private static final int PARTS = 4;

  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private Batches() {}

  /**
   * The batches that close now, oldest objects first.
   *
   * @param waiting landed objects of one pipeline that no run has taken, oldest first
   * @param limits when a batch closes
   * @param now the time to measure ages against
   * @return each closed batch in the order of {@code waiting}; the other objects keep waiting
   */
  public static List<List<LandedObject>> closed(
      List<LandedObject> waiting, BatchLimits limits, Instant now) {
    List<List<LandedObject>> closed = new ArrayList<>();
    List<LandedObject> open = new ArrayList<>();
    long bytes = 0;
    for (LandedObject object : waiting) {
      boolean overflows = object.size() > limits.maxBytes() - bytes;
      if (!open.isEmpty() && (overflows || open.size() == limits.maxObjects())) {
        closed.add(List.copyOf(open));
        open.clear();
        bytes = 0;
      }
      open.add(object);
      bytes += object.size();
    }
    if (!open.isEmpty() && isDue(open, bytes, limits, now)) {
      closed.add(List.copyOf(open));
    }
    return closed;
  }

  /**
   * The batches that close by count or bytes, however long their objects have waited.
   *
   * @param waiting landed objects of one pipeline that no run has taken, oldest first
   */
  public static List<List<LandedObject>> full(List<LandedObject> waiting, BatchLimits limits) {
    return closed(waiting, limits, Instant.MIN);
  }

  /**
   * Whether a batch may close now, decided without reading each object. If not, no batch closes.
   *
   * @param waiting the objects of one pipeline that wait
   */
  public static boolean mayBeClosed(Waiting waiting, BatchLimits limits, Instant now) {
    return waiting.objects() >= limits.maxObjects()
        || waiting.bytes() >= limits.maxBytes()
        || waiting
            .longestSince()
            .filter(since -> !since.plus(limits.maxWait()).isAfter(now))
            .isPresent();
  }

  private static boolean isDue(
      List<LandedObject> open, long bytes, BatchLimits limits, Instant now) {
    return open.size() == limits.maxObjects()
        || bytes >= limits.maxBytes()
        || (open.stream().anyMatch(object -> isSeenFor(object, limits.maxWait(), now))
            && !isStillFound(open, limits.maxWait(), now));
  }

  private static boolean isSeenFor(LandedObject object, Duration time, Instant now) {
    return !object.seenAt().plus(time).isAfter(now);
  }

  /**
   * Whether objects that landed together are still being found: a queue delivers the events of
   * thousands of objects one after another, for longer than {@code maxWait}, although they landed
   * at once. Later objects delay nothing: a batch only waits for objects that landed within {@code
   * maxWait}. Times of landing are S3's, and are compared with each other only.
   */
  private static boolean isStillFound(List<LandedObject> open, Duration maxWait, Instant now) {
    Duration part = maxWait.dividedBy(PARTS);
    Duration pause = part.compareTo(LONGEST_PAUSE) < 0 ? part : LONGEST_PAUSE;
    Instant together = open.get(0).lastModified().plus(maxWait).minus(pause);
    return open.stream()
        .anyMatch(
            object -> !isSeenFor(object, pause, now) && object.lastModified().isBefore(together));
  }
}
