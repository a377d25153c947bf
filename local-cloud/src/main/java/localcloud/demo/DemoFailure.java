package localcloud.demo;

/** The demo did not get to its end; the message says why. */
final class DemoFailure extends Exception {

  private static final long serialVersionUID = 1;

  DemoFailure(String message) {
    super(message);
  }
}
