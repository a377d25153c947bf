package batch;

import java.util.List;
import java.util.Optional;

/**
 * Which keys Spark can read. Hadoop treats keys as paths and shortens them: {@code a//b} becomes
 * {@code a/b}, {@code a/../b} becomes {@code b}, so that Spark would read another object, or none.
 *
 * @see <a
 *     href="https://hadoop.apache.org/docs/r3.3.4/hadoop-project-dist/hadoop-common/filesystem/model.html">
 *     A Model of the Hadoop Filesystem, "Path elements"</a>
 */
public final class ReadableKey {

  private ReadableKey() {}

  /** Why Spark cannot read the object of that key; empty if it can. */
  public static Optional<String> problem(String key) {
    List<String> parts = List.of(key.split("/", -1));
    if (parts.contains("..") || parts.contains(".")) {
      return Optional.of("its key has a part '.' or '..', which Spark takes for another folder");
    }
    return parts.contains("")
        ? Optional.of("its key begins or ends with a slash or has two in a row, which Spark drops")
        : Optional.empty();
  }
}
