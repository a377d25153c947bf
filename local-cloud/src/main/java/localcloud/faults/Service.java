package localcloud.faults;

import java.util.Arrays;
import java.util.Optional;

/** The stand-ins whose calls can have faults. */
public enum Service {
  EMR("EMR"),
  S3("S3"),
  SNOWFLAKE("Snowflake");

  private final String wireName;

  Service(String wireName) {
    this.wireName = wireName;
  }

  /** Its name in faults and in the record of calls. */
  public String wireName() {
    return wireName;
  }

  /** The stand-in of that name. */
  public static Optional<Service> named(String wireName) {
    return Arrays.stream(values()).filter(s -> s.wireName.equals(wireName)).findFirst();
  }

  /**
   * Its answer to a client that calls too often.
   *
   * @see <a href="https://docs.aws.amazon.com/emr/latest/APIReference/CommonErrors.html">EMR:
   *     Common Error Types</a>
   * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html">S3: Error
   *     Responses</a>
   */
  Refused throttled() {
    return switch (this) {
      case EMR -> new Refused(400, "ThrottlingException", "Rate exceeded");
      case S3 -> new Refused(503, "SlowDown", "Please reduce your request rate.");
      case SNOWFLAKE -> new Refused(503, "", "Service Unavailable");
    };
  }
}
