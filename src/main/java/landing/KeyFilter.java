package landing;

import batch.KeyPattern;
import batch.Marker;
import java.util.List;
import java.util.Optional;

/**
 * Which keys below a landing prefix land.
 *
 * @param include patterns of which one must match; none: all keys land
 * @param exclude patterns of which none may match
 * @param marker the marker of batches, which lands whatever the patterns are
 */
public record KeyFilter(
    List<KeyPattern> include, List<KeyPattern> exclude, Optional<Marker> marker) {

  /** All keys land. */
  public static final KeyFilter ALL = new KeyFilter(List.of(), List.of(), Optional.empty());

  /** Whether any pattern is configured. */
  public boolean hasPatterns() {
    return !include.isEmpty() || !exclude.isEmpty();
  }

  /**
   * Whether the object lands.
   *
   * @param path its key after the landing prefix
   */
  public boolean wants(String path) {
    if (marker.filter(name -> name.isNameOf(path)).isPresent()) {
      return true;
    }
    boolean isIncluded =
        include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(path));
    return isIncluded && exclude.stream().noneMatch(pattern -> pattern.matches(path));
  }
}
