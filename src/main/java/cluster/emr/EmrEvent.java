package cluster.emr;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import java.util.Set;

/**
 * An event that a cluster or one of its steps has changed its state. The state in it is not read:
 * such events are late, doubled and out of order, and only EMR itself knows the current state.
 *
 * @param type EventBridge's {@code detail-type}
 * @param clusterId the cluster
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-cloudwatch-events.html">Monitoring
 *     Amazon EMR events with CloudWatch</a>
 */
public record EmrEvent(String type, String clusterId) {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final Set<String> TYPES =
      Set.of("EMR Cluster State Change", "EMR Step Status Change");

  /**
   * Reads an event that EventBridge has put into a queue; empty if the message is anything else.
   */
  public static Optional<EmrEvent> read(String message) {
    JsonNode event;
    try {
      event = MAPPER.readTree(message);
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
    String type = event.path("detail-type").asText();
    JsonNode clusterId = event.path("detail").path("clusterId");
    boolean isOne =
        event.path("source").asText().equals("aws.emr")
            && TYPES.contains(type)
            && clusterId.isTextual();
    return isOne ? Optional.of(new EmrEvent(type, clusterId.asText())) : Optional.empty();
  }
}
