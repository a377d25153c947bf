package localcloud.faults;

/** The fault of a call is an error as the answer; the stand-in gives it its own form. */
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

  /** The service's own name or number for the error. */
  public String code() {
    return code;
  }
}
