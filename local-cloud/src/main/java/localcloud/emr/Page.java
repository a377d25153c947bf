package localcloud.emr;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import localcloud.awsjson.AwsError;

/**
 * One page of a list, and the marker of the next.
 *
 * @param marker null on the last page
 */
record Page<T>(List<T> items, String marker) {

  /**
   * The page after the item that the marker names, so that items that are added in front or no
   * longer match shift nothing.
   *
   * @param marker null for the first page
   */
  static <T> Page<T> of(
      List<T> all, Function<T, String> id, String marker, int size, Predicate<T> filter) {
    int from = 0;
    if (marker != null) {
      int last = all.stream().map(id).toList().indexOf(decoded(marker));
      if (last < 0) {
        throw AwsError.invalidRequest("InvalidMarker", "Marker '" + marker + "' is not valid.");
      }
      from = last + 1;
    }
    List<T> matching = all.subList(from, all.size()).stream().filter(filter).toList();
    if (matching.size() <= size) {
      return new Page<>(matching, null);
    }
    return new Page<>(matching.subList(0, size), encoded(id.apply(matching.get(size - 1))));
  }

  private static String encoded(String id) {
    return Base64.getUrlEncoder().encodeToString(id.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String marker) {
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
