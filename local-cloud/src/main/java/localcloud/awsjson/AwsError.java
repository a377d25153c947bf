package localcloud.awsjson;

/** An answer that is an error, in the form of AWS JSON 1.1: a type, a message, an HTTP status. */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final int status;

  private AwsError(String type, int status, String message) {
    super(message);
    this.type = type;
    this.status = status;
  }

  /**
   * The request breaks a rule that can be told from its members alone, or from the state of what it
   * names.
   */
  public static AwsError validation(String message) {
    return new AwsError("ValidationException", 400, message);
  }

  public static AwsError invalidRequest(String message) {
    return new AwsError("InvalidRequestException", 400, message);
  }

  /** The body is not what the operation's shape says. */
  public static AwsError serialization(String message) {
    return new AwsError("SerializationException", 400, message);
  }

  public static AwsError unknownOperation(String message) {
    return new AwsError("UnknownOperationException", 400, message);
  }

  public static AwsError throttling() {
    return new AwsError("ThrottlingException", 400, "Rate exceeded");
  }

  public static AwsError internal(String message) {
    return new AwsError("InternalServerError", 500, message);
  }

  public String type() {
    return type;
  }

  public int status() {
    return status;
  }
}
