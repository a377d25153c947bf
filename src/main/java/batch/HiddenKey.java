package batch;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Objects beside the data that hold no data: markers, placeholders of folders, and unfinished
 * files. They start no cluster and give no rows.
 *
 * @see <a
 *     href="https://github.com/apache/spark/blob/v3.5.6/core/src/main/scala/org/apache/spark/util/HadoopFSUtils.scala">
 *     HadoopFSUtils.shouldFilterOutPathName</a>, on names that Spark ignores
 */
public final class HiddenKey {

  /** What Hadoop, Spark, Hive, Databricks and Delta Lake write beside data. */
  private static final Pattern BESIDE_DATA =
      Pattern.compile(
          "_SUCCESS|_(committed|started)_\\d+.*|_(common_)?metadata|\\..*\\.crc|.*_\\$folder\\$|.*\\._COPYING_");

  private static final Pattern FOLDER_BESIDE_DATA =
      Pattern.compile("_temporary|_delta_log|_spark_metadata|\\.(spark|hive)-staging.*");

  private HiddenKey() {}

  /**
   * Why the object holds no data of its own; empty if it may.
   *
   * @param path its key after the landing prefix
   * @param asSparkDoes whether everything is left out that Spark itself ignores: each object or
   *     folder whose name begins with an underscore or a dot, except a partition such as {@code
   *     _day=1}
   */
  public static Optional<String> problem(String path, boolean asSparkDoes) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (BESIDE_DATA.matcher(name).matches()) {
      return Optional.of("its name is one that writers give to markers and unfinished files");
    }
    if (folders(path).anyMatch(folder -> FOLDER_BESIDE_DATA.matcher(folder).matches())) {
      return Optional.of("it lies in a folder of unfinished files or of a writer's own records");
    }
    return asSparkDoes && isPassedOver(path)
        ? Optional.of(
            "its name, or that of a folder in the landing prefix, begins with _ or ., which Spark ignores")
        : Optional.empty();
  }

  private static Stream<String> folders(String path) {
    return Stream.of(path.substring(0, path.lastIndexOf('/') + 1).split("/", -1));
  }

  /** Whether Spark passes over it when it lists a folder. */
  public static boolean isPassedOver(String path) {
    return Stream.of(path.split("/", -1))
        .anyMatch(part -> part.startsWith(".") || (part.startsWith("_") && !part.contains("=")));
  }
}
