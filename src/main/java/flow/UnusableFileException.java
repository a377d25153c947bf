package flow;

/** A file that the steps of an attempt left for the service is not what it should be. */
public final class UnusableFileException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Names the file.
   *
   * @param uri its address
   * @param why what is wrong with it, as the rest of a sentence that begins with the file
   */
  public UnusableFileException(String uri, String why) {
    super("The file %s %s".formatted(uri, why));
  }

  /**
   * Names the file.
   *
   * @param cause says what is wrong with it
   */
  public UnusableFileException(String uri, IllegalArgumentException cause) {
    super("The file %s cannot be used. %s".formatted(uri, cause.getMessage()), cause);
  }
}
