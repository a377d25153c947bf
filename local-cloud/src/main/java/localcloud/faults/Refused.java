package localcloud.faults;

/** The fault of a call is an answer that is an error; the stand-in puts it into its own form. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String code;

  Refused(int status, String code, String message) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
  }

  /** The answer's HTTP status. */
  public int status() {
    return status;
  }

  /** The service's own name or number of the error. */
  public String code() {
    return code;
  }
}
