package localcloud.faults;

/** The connection is to be cut: nobody shall get an answer. */
public final class HungUp extends RuntimeException {
  private static final long serialVersionUID = 1L;

  HungUp(String why) {
    super(why, null, false, false);
  }
}
