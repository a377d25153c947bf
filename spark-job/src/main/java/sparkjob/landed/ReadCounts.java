package sparkjob.landed;

import contract.JobResult.Reject;
import contract.JobResult.RejectReason;
import contract.JobResult.Stripped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.util.AccumulatorV2;

/**
 * The counts of reading, by split: a split that is read again, because its task or a later stage
 * was repeated, replaces its own count and is never counted twice.
 */
public final class ReadCounts extends AccumulatorV2<SplitCount, Map<Integer, SplitCount>> {
  /** As many as the contract's result lists, and so many characters of each. */
  static final int REJECTS_SHOWN = 20;

  static final int CHARACTERS_SHOWN = 1_000;

  /** How many kinds of reasons are counted separately in a split; the rest count as one more. */
  static final int KINDS_COUNTED = 100;

  static final String OTHER_KINDS = "other reasons";

  private static final int KINDS_SHOWN = 10;

  private final TreeMap<Integer, SplitCount> bySplit = new TreeMap<>();

  @Override
  public boolean isZero() {
    return bySplit.isEmpty();
  }

  @Override
  public ReadCounts copy() {
    ReadCounts copy = new ReadCounts();
    copy.bySplit.putAll(bySplit);
    return copy;
  }

  @Override
  public void reset() {
    bySplit.clear();
  }

  @Override
  public void add(SplitCount count) {
    bySplit.merge(count.split().id(), count, SplitCount::orBetter);
  }

  @Override
  public void merge(AccumulatorV2<SplitCount, Map<Integer, SplitCount>> other) {
    other.value().values().forEach(this::add);
  }

  @Override
  public Map<Integer, SplitCount> value() {
    return bySplit;
  }

  /** Rows read, including rejected ones. */
  public long read() {
    return bySplit.values().stream().mapToLong(SplitCount::read).sum();
  }

  /** Rows that did not parse. */
  public long rejected() {
    return bySplit.values().stream().mapToLong(SplitCount::rejected).sum();
  }

  /** The first rejected rows in the manifest's order. */
  public List<Reject> firstRejects() {
    return bySplit.values().stream()
        .flatMap(count -> count.first().stream())
        .limit(REJECTS_SHOWN)
        .toList();
  }

  /** Why rows were rejected, the most frequent kinds first; the rest count as one kind. */
  public List<RejectReason> rejectReasons() {
    Map<String, RejectReason> byKind = new LinkedHashMap<>();
    for (SplitCount count : bySplit.values()) {
      count.reasons().forEach((kind, reason) -> byKind.merge(kind, reason, RejectReason::plus));
    }
    List<RejectReason> reasons =
        byKind.values().stream()
            .sorted(
                Comparator.comparing((RejectReason reason) -> reason.kind().equals(OTHER_KINDS))
                    .thenComparing(Comparator.comparingLong(RejectReason::rows).reversed())
                    .thenComparing(RejectReason::kind))
            .toList();
    if (reasons.size() <= KINDS_SHOWN) {
      return reasons;
    }
    RejectReason others =
        reasons.stream().skip(KINDS_SHOWN - 1).reduce(RejectReason::plus).orElseThrow();
    return Stream.concat(
            reasons.stream().limit(KINDS_SHOWN - 1),
            Stream.of(new RejectReason(OTHER_KINDS, others.rows(), others.uri(), others.example())))
        .toList();
  }

  /** What was removed because it is not data. */
  public List<Stripped> stripped() {
    Map<String, Stripped> byWhat = new TreeMap<>();
    for (SplitCount count : bySplit.values()) {
      count.stripped().forEach((what, times) -> byWhat.merge(what, times, Stripped::plus));
    }
    return List.copyOf(byWhat.values());
  }

  /** The object with the most rejected rows. */
  public Optional<String> worstObject() {
    Map<String, Long> byObject = new HashMap<>();
    bySplit
        .values()
        .forEach(count -> byObject.merge(count.split().uri(), count.rejected(), Long::sum));
    return byObject.entrySet().stream()
        .filter(entry -> entry.getValue() > 0)
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey);
  }

  /**
   * The objects with a split that did not begin where the one before it ended, so that a record was
   * cut in two: their quoted line ends misled {@link sparkjob.text.CsvStart}. They must be read
   * again as a whole.
   */
  public Set<String> misreadObjects() {
    Set<String> misread = new TreeSet<>();
    List<SplitCount> counts = new ArrayList<>(bySplit.values());
    for (int i = 1; i < counts.size(); i++) {
      SplitCount before = counts.get(i - 1);
      SplitCount count = counts.get(i);
      boolean follows =
          before.split().id() + 1 == count.split().id()
              && before.split().uri().equals(count.split().uri());
      if (follows && before.end() != SplitCount.UNKNOWN && before.end() != count.start()) {
        misread.add(count.split().uri());
      }
    }
    return misread;
  }
}
