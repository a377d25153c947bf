package cluster.request;

import java.util.List;

/**
 * Something that is wrong with a request to EMR.
 *
 * @param path of the member, by the API's own names: {@code Instances.InstanceGroups[0].Market};
 *     empty for the whole request
 * @param text what is wrong and the way out, to be read after the path
 * @param lacks the paths of the members that the request lacks by it; empty where something that is
 *     there is wrong
 */
public record Finding(String path, String text, List<String> lacks) {

  public Finding {
    lacks = List.copyOf(lacks);
  }

  /** Something that is there is wrong. */
  Finding(String path, String text) {
    this(path, text, List.of());
  }

  /** The member of the request that it is in: {@code Instances}. */
  String topMember() {
    return path.replaceAll("[.\\[].*", "");
  }

  /**
   * Whether it may only follow from another one, which was found when the file was read: what it
   * lacks is what that one left out.
   */
  public boolean mayFollowFrom(Finding other) {
    return lacks.stream()
        .anyMatch(
            lacked -> other.lacks.stream().anyMatch(out -> isIn(lacked, out) || isIn(out, lacked)));
  }

  private static boolean isIn(String path, String structure) {
    return path.equals(structure)
        || path.startsWith(structure + ".")
        || path.startsWith(structure + "[");
  }
}
