package sparkjob.landed;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Whole objects in groups, each of which one task reads and writes into one file. */
final class ObjectGroups {
  /** How many times the rows of an even group the largest may have; it ends last. */
  private static final double MOST_UNEVEN = 1.25;

  private final List<List<String>> uris = new ArrayList<>();
  private final long[] rows;

  private ObjectGroups(int groups) {
    rows = new long[groups];
    for (int i = 0; i < groups; i++) {
      uris.add(new ArrayList<>());
    }
  }

  /**
   * Divides the objects into that many groups of about equal rows.
   *
   * @param uris of the objects
   * @param rows of each of them
   * @return the URIs of each group; empty if some group would have no rows, or one far more than
   *     the others
   */
  static Optional<List<List<String>>> of(List<String> uris, List<Long> rows, int groups) {
    ObjectGroups made = new ObjectGroups(groups);
    IntStream.range(0, uris.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> rows.get(i)).reversed())
        .forEach(i -> made.add(uris.get(i), rows.get(i)));
    return made.areEven() ? Optional.of(made.uris) : Optional.empty();
  }

  private void add(String uri, long its) {
    int least =
        IntStream.range(0, rows.length)
            .boxed()
            .min(Comparator.comparing(i -> rows[i]))
            .orElseThrow();
    uris.get(least).add(uri);
    rows[least] += its;
  }

  private boolean areEven() {
    long all = 0;
    long most = 0;
    long fewest = Long.MAX_VALUE;
    for (long its : rows) {
      all += its;
      most = Math.max(most, its);
      fewest = Math.min(fewest, its);
    }
    return fewest > 0 && most <= MOST_UNEVEN * all / rows.length;
  }
}
