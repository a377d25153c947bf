package cluster.request;

/**
 * A file in the form of RunJobFlow's own JSON, as it was read; nothing of it is checked yet.
 *
 * @param name as the configuration names it
 * @param text what it holds
 */
public record RequestFile(String name, String text) {

  /** The words that tell something wrong with it, after the property that names it. */
  public String problem(String text) {
    return "(%s): %s".formatted(name, text);
  }

  /** Without the text, which may hold a password. */
  @Override
  public String toString() {
    return name;
  }
}
