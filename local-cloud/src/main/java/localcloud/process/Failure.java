package localcloud.process;

/** The scenario failed; the message says why. */
public final class Failure extends Exception {

  private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }
}
