package batch;

import java.time.Duration;
import java.util.Optional;

/**
 * Which objects may be in one batch, and what closes it besides count, bytes and age.
 *
 * @param groupBy finds an object's group in its key after the landing prefix; a batch has objects
 *     of one group only, and those without one are a group of their own
 * @param marker closes a batch: objects are taken when their marker is there
 * @param unmarkedFor how long an object waits for its marker before it is taken without one;
 *     absent: for ever
 */
public record Grouping(
    Optional<GroupPattern> groupBy, Optional<Marker> marker, Optional<Duration> unmarkedFor) {

  /** No groups and no markers. */
  public static final Grouping NONE =
      new Grouping(Optional.empty(), Optional.empty(), Optional.empty());

  /** Whether there are neither groups nor markers. */
  public boolean isNone() {
    return groupBy.isEmpty() && marker.isEmpty();
  }

  /** Whether the object of that key is a marker. */
  public boolean isMarker(String key) {
    return marker.isPresent() && marker.get().isNameOf(key);
  }

  /** The name of an object's group: never empty, and unique for each group. */
  public String groupOf(String path) {
    return groupBy.flatMap(pattern -> pattern.groupOf(path)).map(group -> "=" + group).orElse("-");
  }

  /**
   * The name of an object's group among those that one marker closes.
   *
   * @param folder the marker's
   */
  public String groupOf(String path, String folder) {
    return "%d:%s%s".formatted(folder.length(), folder, groupOf(path));
  }

  /** The name of an object's group among those whose marker did not arrive. */
  public String groupUnmarked(String path) {
    return "unmarked:" + groupOf(path);
  }
}
