package warehouse;

import contract.JobResult;
import contract.JobResult.CuratedFile;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Compares the files in S3 before a refresh, and Snowflake's answers after it, with what the job
 * wrote.
 */
final class LoadCheck {

  private static final int MOST_NAMED = 20;

  private LoadCheck() {}

  /**
   * Compares the files in S3 before anything is registered. Files whose names no table matches do
   * not count.
   *
   * @param outputPath the attempt's output relative to the table's prefix
   * @param stored the objects below it: size in bytes by name or URI
   * @throws LoadRefusedException if there are others than the job wrote; names the files. S3's
   *     listings are consistent (Amazon S3 user guide, data consistency model), so repeating does
   *     not help
   */
  static void requireOnlyWritten(JobResult result, String outputPath, Map<String, Long> stored) {
    Map<String, Long> expected = expected(result, outputPath);
    Map<String, Long> actual = new TreeMap<>();
    stored.forEach(
        (name, size) -> {
          if (ExternalTable.takes(name)) {
            actual.put(below(outputPath, name), size);
          }
        });
    if (!expected.equals(actual)) {
      throw new LoadRefusedException(
          "Cannot load what lies in S3 below %s: %s"
              .formatted(outputPath, differences(expected, actual)),
          actual.entrySet().containsAll(expected.entrySet())
              ? deleteForeign(outputPath)
              : "put back in S3 what the job wrote below " + outputPath);
    }
  }

  private static Map<String, Long> expected(JobResult result, String outputPath) {
    Map<String, Long> expected = new TreeMap<>();
    for (CuratedFile file : result.files()) {
      expected.put(below(outputPath, file.uri()), file.size());
    }
    return expected;
  }

  private static String deleteForeign(String outputPath) {
    return "delete in S3 what the job did not write below " + outputPath;
  }

  /**
   * Compares the registered files and the rows.
   *
   * @param outputPath the attempt's output relative to the table's prefix
   * @param registered the registered files of the attempt: size in bytes by Snowflake's name
   * @param rows what the table counts for the attempt
   * @throws LoadRefusedException if there are others than the job wrote; names the files
   * @throws IllegalStateException if some are missing, which the next REFRESH may find
   */
  static void prove(JobResult result, String outputPath, Map<String, Long> registered, long rows) {
    Map<String, Long> expected = expected(result, outputPath);
    Map<String, Long> actual = new TreeMap<>();
    registered.forEach((name, size) -> actual.put(below(outputPath, name), size));
    if (!expected.equals(actual)) {
      String problem = "Cannot prove the load: " + files(expected, actual);
      if (actual.keySet().containsAll(expected.keySet())) {
        throw new LoadRefusedException(problem, deleteForeign(outputPath));
      }
      throw new IllegalStateException(problem);
    }
    proveRows(result, rows);
  }

  /**
   * Compares the rows.
   *
   * @throws IllegalStateException if the number differs from what the job wrote
   */
  static void proveRows(JobResult result, long rows) {
    if (rows != result.rows().written()) {
      throw new IllegalStateException(
          "Cannot prove the load: the table counts %d rows for this run and the job wrote %d"
              .formatted(rows, result.rows().written()));
    }
  }

  /** How files differ from the expected ones, sizes by name. */
  static String files(Map<String, Long> expected, Map<String, Long> actual) {
    return "registered files differ from what was written: " + differences(expected, actual);
  }

  private static String differences(Map<String, Long> expected, Map<String, Long> actual) {
    TreeSet<String> missing = new TreeSet<>(expected.keySet());
    missing.removeAll(actual.keySet());
    TreeSet<String> foreign = new TreeSet<>(actual.keySet());
    foreign.removeAll(expected.keySet());
    TreeSet<String> other = new TreeSet<>(expected.keySet());
    other.retainAll(actual.keySet());
    other.removeIf(name -> expected.get(name).equals(actual.get(name)));
    return "missing %s, not written by a run %s, of another size %s"
        .formatted(some(missing), some(foreign), some(other));
  }

  private static String some(Set<String> names) {
    return names.size() <= MOST_NAMED
        ? names.toString()
        : "%s and %d more"
            .formatted(names.stream().limit(MOST_NAMED).toList(), names.size() - MOST_NAMED);
  }

  /** The size of each file of an answer by its name. */
  static Map<String, Long> sizes(List<Row> rows) {
    Map<String, Long> sizes = new TreeMap<>();
    rows.forEach(row -> sizes.put(row.text("FILE_NAME"), row.number("FILE_SIZE")));
    return sizes;
  }

  /** A file's name relative to the attempt's output. */
  static String below(String outputPath, String name) {
    int at = name.indexOf(outputPath);
    return at < 0 ? name : name.substring(at + outputPath.length());
  }
}
