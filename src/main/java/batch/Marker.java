package batch;

/**
 * The name of objects that mark a folder as complete, as Hadoop's {@code _SUCCESS} does: they close
 * a batch and are no input themselves.
 *
 * @param name the whole last part of the key, or its ending if this begins with a dot
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

  /** The key up to its last slash: a marker there closes every key that begins with it. */
  public static String folder(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }
}
