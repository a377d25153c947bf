package localcloud.emr;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import localcloud.awsjson.AwsError;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.emr.model.EmrRequest;

/**
 * A received call, which is recorded even if it cannot be read.
 *
 * @param operation as on the wire
 * @param request empty where it cannot be read
 * @param unreadable why it cannot be read
 */
record Incoming(String operation, Optional<EmrRequest> request, Optional<AwsError> unreadable) {

  static Incoming read(String operation, byte[] body) {
    try {
      return new Incoming(
          operation, Optional.of(operation(operation).read(body)), Optional.empty());
    } catch (AwsError e) {
      return new Incoming(operation, Optional.empty(), Optional.of(e));
    }
  }

  private static Operation operation(String name) {
    return Operation.named(name)
        .orElseThrow(() -> AwsError.unknownOperation("This stand-in has no operation " + name));
  }

  /**
   * Which operation it is.
   *
   * @throws AwsError if there is no such operation
   */
  Operation known() {
    return operation(operation);
  }

  /**
   * Its request.
   *
   * @throws AwsError if it cannot be read
   */
  EmrRequest readable() {
    return request.orElseThrow(unreadable::orElseThrow);
  }

  /** The clusters that it names. */
  List<String> clusters() {
    return request.map(Incoming::clusters).orElse(List.of());
  }

  /** EMR's shapes name clusters by one of these members. */
  static List<String> clusters(SdkPojo shape) {
    return shape.sdkFields().stream()
        .filter(field -> field.locationName().matches("ClusterId|JobFlowIds?|ResourceId"))
        .map(field -> field.getValueOrDefault(shape))
        .flatMap(value -> value instanceof List<?> ids ? ids.stream() : Stream.ofNullable(value))
        .map(String::valueOf)
        .toList();
  }
}
