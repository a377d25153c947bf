package localcloud.faults;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * A planned failure.
 *
 * @param operation the calls that it concerns; any, if empty
 * @param match is found in the call's detail; any, if empty
 * @param skip how many such calls pass first
 * @param times how many it then affects; 0 for all
 * @param asWritten the JSON that it was read from
 */
public record Fault(
    Service service,
    Optional<String> operation,
    Optional<Pattern> match,
    int skip,
    int times,
    Effect effect,
    ObjectNode asWritten) {

  /**
   * Reads one fault, or a list of them, from JSON.
   *
   * @throws IllegalArgumentException names the member and what is wrong with it; then none is read
   */
  public static List<Fault> read(byte[] json) {
    return FaultReader.read(json);
  }

  /** Whether the call is one of those that it concerns, due or not. */
  boolean speaksOf(Call call) {
    return service == call.service()
        && operation.map(call.operation()::equals).orElse(true)
        && match.map(pattern -> pattern.matcher(call.detail()).find()).orElse(true);
  }
}
