package localcloud.process;

/** What was to be played did not get to its end; the message says why. */
public final class Failure extends Exception {

  private static final long serialVersionUID = 1;

  public Failure(String message) {
    super(message);
  }
}
