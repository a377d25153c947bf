package localcloud.emr;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.ClusterState;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** EMR's events of clusters and steps, against the forms in AWS's documentation. */
class EmrEventsTest {
  private static final String MINUTE = "[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2} UTC";

  @TempDir Path data;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private LocalEmr local;

  @BeforeEach
  void start() throws IOException {
    local = new LocalEmr(data);
    local.server.tellEvents(event -> events.add(JsonMapper.shared().readTree(event)));
  }

  @AfterEach
  void stop() throws IOException {
    local.close();
  }

  @Test
  void each_state_of_a_cluster_and_its_step_is_one_event() {
    String id =
        local.run(LocalEmr.cluster(LocalEmr.shell(ActionOnFailure.TERMINATE_CLUSTER, "sleep 0.2")));

    LocalEmr.await(() -> states("EMR Cluster State Change").contains("TERMINATED"));

    assertThat(states("EMR Cluster State Change"))
        .containsExactly("STARTING", "RUNNING", "TERMINATED");
    assertThat(states("EMR Step Status Change")).containsExactly("PENDING", "RUNNING", "COMPLETED");
    assertThat(events)
        .allSatisfy(event -> assertThat(text(event, "/detail/clusterId")).isEqualTo(id))
        .allSatisfy(event -> assertThat(text(event, "/detail/severity")).isEqualTo("INFO"));
  }

  @Test
  void an_event_of_a_cluster_has_the_documented_form() {
    String id =
        local.run(LocalEmr.cluster(LocalEmr.shell(ActionOnFailure.TERMINATE_CLUSTER, "exit 1")));
    LocalEmr.await(() -> states("EMR Cluster State Change").contains("TERMINATED_WITH_ERRORS"));

    JsonNode starting = event("EMR Cluster State Change", "STARTING");
    assertThat(members(starting))
        .containsExactly(
            "version",
            "id",
            "detail-type",
            "source",
            "account",
            "time",
            "region",
            "resources",
            "detail");
    assertThat(text(starting, "/version")).isEqualTo("0");
    assertThat(text(starting, "/id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(text(starting, "/source")).isEqualTo("aws.emr");
    assertThat(text(starting, "/account")).isEqualTo("000000000000");
    assertThat(text(starting, "/time"))
        .matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z");
    assertThat(text(starting, "/region")).isEqualTo("us-east-1");
    assertThat(starting.at("/resources").isArray()).isTrue();
    assertThat(starting.at("/resources")).isEmpty();
    assertThat(members(starting.at("/detail")))
        .containsExactly("severity", "stateChangeReason", "name", "clusterId", "state", "message");
    assertThat(text(starting, "/detail/stateChangeReason")).isEqualTo("{\"code\":\"\"}");
    assertThat(text(starting, "/detail/name")).isEqualTo("test");
    assertThat(text(starting, "/detail/message"))
        .matches(
            "Amazon EMR cluster %s \\(test\\) was requested at %s and is being created\\."
                .formatted(id, MINUTE));

    JsonNode ended = event("EMR Cluster State Change", "TERMINATED_WITH_ERRORS");
    assertThat(text(ended, "/detail/severity")).isEqualTo("CRITICAL");
    assertThat(text(ended, "/detail/stateChangeReason"))
        .isEqualTo("{\"code\":\"STEP_FAILURE\",\"message\":\"Shut down as step failed\"}");
    assertThat(text(ended, "/detail/message"))
        .matches(
            "Amazon EMR Cluster %s \\(test\\) has terminated with errors at %s with a reason of STEP_FAILURE\\."
                .formatted(id, MINUTE));
  }

  @Test
  void an_event_of_a_step_has_the_documented_form() {
    String id = local.run(LocalEmr.cluster(LocalEmr.shell(ActionOnFailure.CONTINUE, "exit 1")));
    LocalEmr.await(() -> states("EMR Step Status Change").contains("FAILED"));

    JsonNode failed = event("EMR Step Status Change", "FAILED");
    String step = text(failed, "/detail/stepId");
    assertThat(members(failed.at("/detail")))
        .containsExactly(
            "severity", "actionOnFailure", "stepId", "name", "clusterId", "state", "message");
    assertThat(text(failed, "/detail/severity")).isEqualTo("ERROR");
    assertThat(text(failed, "/detail/actionOnFailure")).isEqualTo("CONTINUE");
    assertThat(step).isEqualTo(local.steps(id).get(0).id());
    assertThat(text(failed, "/detail/name")).isEqualTo("step");
    assertThat(text(failed, "/detail/message"))
        .matches(
            "Step %s \\(step\\) in Amazon EMR cluster %s \\(test\\) failed at %s\\."
                .formatted(step, id, MINUTE));
  }

  @Test
  void a_waiting_cluster_that_is_terminated_with_its_steps_has_events() {
    String id =
        local.run(LocalEmr.longRunning(LocalEmr.shell(ActionOnFailure.CONTINUE, "sleep 0.1")));
    local.awaitState(id, ClusterState.WAITING);
    local.emr.addJobFlowSteps(
        request ->
            request.jobFlowId(id).steps(LocalEmr.shell(ActionOnFailure.CONTINUE, "sleep 100")));
    LocalEmr.await(
        () -> states("EMR Step Status Change").stream().filter("RUNNING"::equals).count() == 2);

    local.terminate(id);
    LocalEmr.await(() -> states("EMR Cluster State Change").contains("TERMINATED"));

    assertThat(states("EMR Cluster State Change"))
        .containsExactly("STARTING", "RUNNING", "WAITING", "RUNNING", "TERMINATED");
    assertThat(text(event("EMR Step Status Change", "CANCELLED"), "/detail/severity"))
        .isEqualTo("WARN");
    assertThat(text(event("EMR Cluster State Change", "TERMINATED"), "/detail/severity"))
        .isEqualTo("INFO");
  }

  private List<String> states(String type) {
    return events.stream()
        .filter(event -> text(event, "/detail-type").equals(type))
        .map(event -> text(event, "/detail/state"))
        .toList();
  }

  private JsonNode event(String type, String state) {
    return events.stream()
        .filter(event -> text(event, "/detail-type").equals(type))
        .filter(event -> text(event, "/detail/state").equals(state))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> members(JsonNode object) {
    return List.copyOf(object.propertyNames());
  }

  private static String text(JsonNode event, String pointer) {
    return event.at(pointer).asString();
  }
}
