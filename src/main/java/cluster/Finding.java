package cluster;

/**
 * Something that is wrong with a request to EMR.
 *
 * @param path of the member, by the API's own names: {@code Instances.InstanceGroups[0].Market};
 *     empty for the whole request
 * @param text what is wrong and the way out, to be read after the path
 */
record Finding(String path, String text) {

  /** The member of the request that it is in: {@code Instances}. */
  String topMember() {
    return path.replaceAll("[.\\[].*", "");
  }

  /**
   * Whether it may only follow from another one, which was found when the file was read: that lies
   * in the same structure, in one within it or in one around it.
   */
  boolean mayFollowFrom(Finding other) {
    String structure = other.path.replaceAll("(\\.|^)[^.\\[\\]]*$|\\[\\d+]$", "");
    return !structure.isEmpty() && (isIn(path, structure) || isIn(structure, path));
  }

  private static boolean isIn(String path, String structure) {
    return path.equals(structure)
        || path.startsWith(structure + ".")
        || path.startsWith(structure + "[");
  }
}
