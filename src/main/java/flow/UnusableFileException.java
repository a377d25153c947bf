package flow;

/** A file that the steps of an attempt left for the service is malformed. */
public final class UnusableFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the file.
   *
   * @param uri its address
   * @param why the reason, as a sentence about the file that leaves out its subject
   */
  public UnusableFileException(String uri, String why) {
    super("The file %s %s".formatted(uri, why));
  }

  /**
   * Names the file.
   *
   * @param cause its message is the reason
   */
  public UnusableFileException(String uri, IllegalArgumentException cause) {
    super("The file %s cannot be used. %s".formatted(uri, cause.getMessage()), cause);
  }
}
