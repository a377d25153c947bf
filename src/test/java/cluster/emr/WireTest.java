package cluster.emr;

import static org.assertj.core.api.Assertions.assertThat;

import aws.ApiCalls;
import aws.AwsSettings;
import aws.RealClients;
import cluster.request.RequestReader;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import testing.CannedEmr;
import testing.Resource;

/** What a file says is what the service's own SDK client sends, whatever the file uses. */
class WireTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final CannedEmr server =
      new CannedEmr().on("RunJobFlow", CannedEmr.answer(200, "{\"JobFlowId\":\"j-1\"}"));
  private EmrClient client;

  @BeforeEach
  void connect() {
    client = RealClients.emr(server.endpoint(), Duration.ofSeconds(30), new ApiCalls());
  }

  @AfterEach
  void disconnect() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"fleets", "groups", "software"})
  void a_file_is_sent_as_it_is_written(String name) throws JsonProcessingException {
    JsonNode file = MAPPER.readTree(Resource.text("cluster/requests/" + name + ".json"));

    assertThat(sent(file)).isEqualTo(file);
  }

  /** Every member of every shape that RunJobFlow knows, as the SDK describes them. */
  @Test
  void every_setting_of_emr_can_be_written() throws JsonProcessingException {
    ObjectNode everything = structure(RunJobFlowRequest.builder(), 0);

    assertThat(everything.findValues("SecurityConfiguration")).hasSize(1);
    assertThat(everything.findValues("ScalingAdjustment")).hasSize(1);
    assertThat(everything.findValues("Throughput")).hasSize(2);
    assertThat(sent(everything)).isEqualTo(everything);
  }

  private JsonNode sent(JsonNode file) throws JsonProcessingException {
    List<String> problems = new ArrayList<>();
    RunJobFlowRequest request = new RequestReader(problems).read(file.toString());
    assertThat(problems).isEmpty();

    AwsSettings settings = RealClients.settings(server.endpoint(), Duration.ofSeconds(30));
    EmrQuotas quotas = new EmrQuotas(settings, Clock.systemUTC());
    assertThat(new EmrGateway(client, quotas, settings).launch(request))
        .isEqualTo(new LaunchAnswer.Launched("j-1"));
    return MAPPER.readTree(server.requests("RunJobFlow").get(0));
  }

  private static ObjectNode structure(SdkPojo builder, int depth) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    for (SdkField<?> field : builder.sdkFields()) {
      JsonNode value = value(field, depth);
      if (value != null) {
        node.set(field.locationName(), value);
      }
    }
    return node;
  }

  /** Null where a shape contains itself for the third time. */
  private static JsonNode value(SdkField<?> field, int depth) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (field.marshallingType().getKnownType()) {
      case STRING -> nodes.textNode("text of " + field.locationName());
      case INTEGER, LONG -> nodes.numberNode(field.locationName().length());
      case DOUBLE -> nodes.numberNode(0.5);
      case BOOLEAN -> nodes.booleanNode(true);
      case SDK_POJO -> depth > 8 ? null : structure(field.constructor().get(), depth + 1);
      case LIST -> {
        JsonNode element = value(field.getTrait(ListTrait.class).memberFieldInfo(), depth + 1);
        yield element == null ? null : nodes.arrayNode().add(element);
      }
      case MAP ->
          nodes
              .objectNode()
              .set("a.key", value(field.getTrait(MapTrait.class).valueFieldInfo(), depth + 1));
      case NULL, FLOAT, SHORT, BYTE, BIG_DECIMAL, INSTANT, SDK_BYTES, DOCUMENT ->
          throw new IllegalStateException(field.locationName());
    };
  }
}
