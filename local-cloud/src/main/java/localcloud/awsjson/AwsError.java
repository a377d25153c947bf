package localcloud.awsjson;

import java.util.Optional;

/** An answer that is an error, in the form of AWS JSON 1.1: a type, a message, an HTTP status. */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final int status;
  private final String code;

  private AwsError(String type, int status, String message) {
    this(type, status, message, null);
  }

  private AwsError(String type, int status, String message, String code) {
    super(message);
    this.type = type;
    this.status = status;
    this.code = code;
  }

  /** Any error of the service. */
  public static AwsError of(String type, int status, String message) {
    return new AwsError(type, status, message);
  }

  /** The request breaks a rule about its members, or about the state of what it names. */
  public static AwsError validation(String message) {
    return new AwsError("ValidationException", 400, message);
  }

  /**
   * The request is well-formed, but what it names does not exist or does not allow it.
   *
   * @param code the member ErrorCode, such as NoSuchCluster
   */
  public static AwsError invalidRequest(String code, String message) {
    return new AwsError("InvalidRequestException", 400, message, code);
  }

  /** The body does not have the operation's shape. */
  public static AwsError serialization(String message) {
    return new AwsError("SerializationException", 400, message);
  }

  /** The service has no such operation, or this stand-in does not simulate it. */
  public static AwsError unknownOperation(String message) {
    return new AwsError("UnknownOperationException", 400, message);
  }

  /**
   * The account's quota is used up for now; the call had no effect, and a later one may succeed.
   */
  public static AwsError throttling() {
    return new AwsError("ThrottlingException", 400, "Rate exceeded");
  }

  /** The service itself failed, whatever the request was. */
  public static AwsError internal(String message) {
    return new AwsError("InternalServerError", 500, message);
  }

  /** The value of {@code __type} in the body, such as ValidationException. */
  public String type() {
    return type;
  }

  /** The value of {@code ErrorCode} in the body, for the errors that have one. */
  public Optional<String> code() {
    return Optional.ofNullable(code);
  }

  /** The answer's HTTP status. */
  public int status() {
    return status;
  }
}
