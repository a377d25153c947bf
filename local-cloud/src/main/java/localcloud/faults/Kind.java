package localcloud.faults;

import java.util.Arrays;
import java.util.Optional;

/** The values of {@code does}. */
enum Kind {
  KILL("kill"),
  DELAY("delay"),
  LOSE_REPLY("lose-reply"),
  CUT("cut"),
  ERROR("error"),
  THROTTLE("throttle"),
  NO_CAPACITY("no-capacity", Service.EMR, "RunJobFlow"),
  BOOTSTRAP_FAILURE("bootstrap-failure", Service.EMR, "RunJobFlow"),
  INTERNAL_ERROR("internal-error", Service.EMR, "RunJobFlow"),
  STEP_HANGS("step-hangs", Service.EMR, "RunJobFlow"),
  PLAIN_TERMINATED("plain-terminated", Service.EMR, "RunJobFlow"),
  STEP_FAILS("step-fails", Service.EMR, "RunJobFlow"),
  STEP_SUCCEEDS("step-succeeds", Service.EMR, "RunJobFlow"),
  SPOT_RECLAIM("spot-reclaim", Service.EMR, "RunJobFlow"),
  LATE_LOGS("late-logs", Service.EMR, "RunJobFlow"),
  SESSION_EXPIRED("session-expired", Service.SNOWFLAKE),
  LOCKED("locked", Service.SNOWFLAKE, "Query"),
  SKIP_FILE("skip-file", Service.SNOWFLAKE, "Query"),
  SLOW_BODY("slow-body", Service.S3, "GetObject");

  private final String wireName;
  private final Optional<Service> service;
  private final Optional<String> operation;

  /** Affects any call. */
  Kind(String wireName) {
    this.wireName = wireName;
    this.service = Optional.empty();
    this.operation = Optional.empty();
  }

  /** Affects any call of one service. */
  Kind(String wireName, Service service) {
    this.wireName = wireName;
    this.service = Optional.of(service);
    this.operation = Optional.empty();
  }

  /** Affects one operation of one service. */
  Kind(String wireName, Service service, String operation) {
    this.wireName = wireName;
    this.service = Optional.of(service);
    this.operation = Optional.of(operation);
  }

  static Optional<Kind> named(String wireName) {
    return Arrays.stream(values()).filter(kind -> kind.wireName.equals(wireName)).findFirst();
  }

  String wireName() {
    return wireName;
  }

  boolean isOf(Service asked) {
    return service.map(asked::equals).orElse(true);
  }

  /** The only operation that it can affect; any, if empty. */
  Optional<String> operation() {
    return operation;
  }
}
