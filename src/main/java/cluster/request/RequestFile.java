package cluster.request;

/**
 * A file in RunJobFlow's own JSON, as it was read; it is not checked yet.
 *
 * @param name as the configuration names it
 * @param text its content
 */
public record RequestFile(String name, String text) {

  /** The words that tell something wrong with it, after the property that names it. */
  public String problem(String text) {
    return "(%s): %s".formatted(name, text);
  }

  /** Leaves out the text, which may contain a password. */
  @Override
  public String toString() {
    return name;
  }
}
