package batch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Decides which waiting objects make a batch. */
public final class Batches {

  private Batches() {}

  /**
   * The batches that are closed now, oldest objects first.
   *
   * @param waiting landed objects of one pipeline that no run has taken, oldest first
   * @param limits when a batch closes
   * @param now the time to measure ages against
   * @return each closed batch in the order of {@code waiting}; what is left waits on
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
   * Those that are closed by count or bytes, however long their objects have waited.
   *
   * @param waiting likewise
   */
  public static List<List<LandedObject>> full(List<LandedObject> waiting, BatchLimits limits) {
    return closed(waiting, limits, Instant.MIN);
  }

  /**
   * Whether a batch may be closed now, told without looking at each object. Where it may not, none
   * is.
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
        || open.stream().anyMatch(object -> !object.seenAt().plus(limits.maxWait()).isAfter(now));
  }
}
