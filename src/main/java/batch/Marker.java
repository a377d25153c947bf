package batch;

/**
 * How the objects are called that say that a folder is complete, as Hadoop's {@code _SUCCESS} does:
 * they close a batch and are no input themselves.
 *
 * @param name the whole name of the last part of the key, or what it ends with if it begins with a
 *     dot
 */
public record Marker(String name) {

  /**
   * @throws IllegalArgumentException if no key can end so
   */
  public Marker {
    if (!isSound(name)) {
      throw new IllegalArgumentException(
          "is '%s'; write the name of an object without its folder, _SUCCESS, or an ending, .done"
              .formatted(name));
    }
  }

  /** Whether a key can end so. */
  public static boolean isSound(String name) {
    return !name.isBlank() && !name.contains("/");
  }

  /** Whether the object of that key is a marker. */
  public boolean isNameOf(String key) {
    String last = key.substring(folder(key).length());
    return name.startsWith(".") ? last.endsWith(name) : last.equals(name);
  }

  /** What a key has up to its last slash: a marker there closes all that begins with it. */
  public static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }
}
