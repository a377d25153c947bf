package bench;

/**
 * A run failed, so that there is nothing to compare; the message says why and where the logs are.
 */
final class Failure extends Exception {

  private static final long serialVersionUID = 1;

  Failure(String message) {
    super(message);
  }

  /** Prints the message and ends the process. */
  void end() {
    System.err.println("bench: " + getMessage());
    System.exit(1);
  }
}
