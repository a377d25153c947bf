package warehouse;

import contract.JobResult;
import contract.JobResult.CuratedFile;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares what Snowflake shows after a refresh with what the job wrote. */
public final class LoadCheck {

  private LoadCheck() {}

  /**
   * The difference in one sentence, if there is any.
   *
   * @param result what the job wrote
   * @param outputPath the attempt's output relative to the table's prefix
   * @param registered the registered files of the attempt: size in bytes by name as Snowflake gives
   *     it
   * @param rows what the table counts for the attempt
   */
  public static Optional<String> difference(
      JobResult result, String outputPath, Map<String, Long> registered, long rows) {
    Map<String, Long> expected = new TreeMap<>();
    for (CuratedFile file : result.files()) {
      expected.put(below(outputPath, file.uri()), file.size());
    }
    Map<String, Long> actual = new TreeMap<>();
    registered.forEach((name, size) -> actual.put(below(outputPath, name), size));
    if (!expected.equals(actual)) {
      return Optional.of(files(expected, actual));
    }
    if (rows != result.rows().written()) {
      return Optional.of(
          "Cannot prove the load: the table counts %d rows for this run and the job wrote %d"
              .formatted(rows, result.rows().written()));
    }
    return Optional.empty();
  }

  private static String files(Map<String, Long> expected, Map<String, Long> actual) {
    TreeSet<String> missing = new TreeSet<>(expected.keySet());
    missing.removeAll(actual.keySet());
    TreeSet<String> foreign = new TreeSet<>(actual.keySet());
    foreign.removeAll(expected.keySet());
    TreeSet<String> other = new TreeSet<>(expected.keySet());
    other.retainAll(actual.keySet());
    other.removeIf(name -> expected.get(name).equals(actual.get(name)));
    return "Cannot prove the load: registered files differ from what the job wrote: missing %s, not written by it %s, of another size %s"
        .formatted(missing, foreign, other);
  }

  private static String below(String outputPath, String name) {
    int at = name.indexOf(outputPath);
    return at < 0 ? name : name.substring(at + outputPath.length());
  }
}
