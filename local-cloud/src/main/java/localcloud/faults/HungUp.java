package localcloud.faults;

/** The connection is cut without an answer. */
public final class HungUp extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HungUp(String why) {
    super(why, null, false, false);
  }
}
