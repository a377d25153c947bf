package inflight;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import run.Attempt;

/**
 * The attempts whose steps should end soon, and those of them whose result is in S3 already: the
 * job writes it last, so that its step ends next. S3 answers thousands of such questions a second
 * for each prefix, while an account may ask EMR for steps once in two seconds. In memory only.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html">Best
 *     practices design patterns: optimizing Amazon S3 performance</a>
 */
public final class ExpectedResults {

  /** So many questions at a time keep S3's price far below that of the clusters. */
  private static final int MOST_AT_ONCE = 4;

  private final Map<Attempt.Intent, Expected> expected = new HashMap<>();
  private final Map<Attempt.Intent, Instant> written = new HashMap<>();

  private record Expected(Duration pace, Instant asked) {}

  /**
   * From now on these are expected, and no others.
   *
   * @param paces how often each is worth a question
   */
  public synchronized void expect(Map<Attempt.Intent, Duration> paces) {
    expected.keySet().retainAll(paces.keySet());
    written.keySet().retainAll(paces.keySet());
    paces.forEach(
        (attempt, pace) ->
            expected.compute(
                attempt,
                (any, before) ->
                    new Expected(pace, before == null ? Instant.EPOCH : before.asked())));
  }

  /** Those that S3 is to be asked for now, longest unasked first; they count as asked. */
  public synchronized List<Attempt.Intent> due(Instant now) {
    List<Attempt.Intent> due =
        expected.entrySet().stream()
            .filter(entry -> !written.containsKey(entry.getKey()))
            .filter(entry -> isDue(entry.getValue(), now))
            .sorted(Comparator.comparing(entry -> entry.getValue().asked()))
            .limit(MOST_AT_ONCE)
            .map(Map.Entry::getKey)
            .toList();
    due.forEach(
        attempt -> expected.computeIfPresent(attempt, (any, one) -> new Expected(one.pace(), now)));
    return due;
  }

  /** A clock that was set back lengthens no pause. */
  private static boolean isDue(Expected one, Instant now) {
    return !one.asked().plus(one.pace()).isAfter(now) || one.asked().isAfter(now);
  }

  /** The attempt's result is there. */
  public synchronized void written(Attempt.Intent attempt, Instant now) {
    if (expected.containsKey(attempt)) {
      written.putIfAbsent(attempt, now);
    }
  }

  /** Since when each result is known to be there. */
  public synchronized Map<Attempt.Intent, Instant> written() {
    return Map.copyOf(written);
  }
}
