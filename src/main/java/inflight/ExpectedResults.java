package inflight;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** A step that goes on for longer after its result has no claim on EMR's quotas any more. */
  private static final Duration ENDS_WITHIN = Duration.ofSeconds(30);

  private final Map<Attempt.Intent, Expected> expected = new HashMap<>();
  private final Map<Attempt.Intent, Instant> written = new HashMap<>();

  /**
   * A result that may be there.
   *
   * @param attempt whose
   * @param pipeline of that run
   * @param pace how often it is worth a question
   */
  public record Question(Attempt.Intent attempt, String pipeline, Duration pace) {}

  private record Expected(Question question, Instant asked) {

    boolean isDue(Instant now) {
      return !asked.plus(question.pace()).isAfter(now);
    }
  }

  /** From now on these are expected, and no others. */
  public synchronized void expect(List<Question> questions) {
    Map<Attempt.Intent, Expected> before = Map.copyOf(expected);
    expected.clear();
    for (Question question : questions) {
      Expected known = before.get(question.attempt());
      expected.put(
          question.attempt(), new Expected(question, known == null ? Instant.MIN : known.asked()));
    }
    written.keySet().retainAll(expected.keySet());
  }

  /** Those that S3 is to be asked for now, longest unasked first; they count as asked. */
  public synchronized List<Question> due(Instant now) {
    List<Question> due =
        expected.values().stream()
            .filter(one -> !written.containsKey(one.question().attempt()) && one.isDue(now))
            .sorted(Comparator.comparing(Expected::asked))
            .limit(MOST_AT_ONCE)
            .map(Expected::question)
            .toList();
    due.forEach(question -> expected.put(question.attempt(), new Expected(question, now)));
    return due;
  }

  /** The attempt's result is there. */
  public synchronized void written(Attempt.Intent attempt, Instant now) {
    if (expected.containsKey(attempt)) {
      written.putIfAbsent(attempt, now);
    }
  }

  /**
   * The attempts whose steps are about to end, each with the time since which its result is there.
   */
  public synchronized Map<Attempt.Intent, Instant> written(Instant now) {
    return written.entrySet().stream()
        .filter(entry -> entry.getValue().plus(ENDS_WITHIN).isAfter(now))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }
}
