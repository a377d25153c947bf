package cluster;

import static org.assertj.core.api.Assertions.assertThat;

import aws.ApiCalls;
import aws.RealClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import run.ClusterState;
import run.ClusterStatus;
import run.StepState;
import run.StepStatus;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import testing.CannedEmr;
import testing.Iris;

/** The service's own SDK client against canned answers. */
class EmrGatewayTest {

  private static final RunJobFlowRequest REQUEST = RunJobFlowRequest.builder().name("test").build();

  private final ApiCalls calls = new ApiCalls();
  private CannedEmr server;
  private EmrClient client;
  private EmrGateway emr;

  @BeforeEach
  void connect() {
    server = new CannedEmr();
    connect(Duration.ofSeconds(30));
  }

  private void connect(Duration callTimeout) {
    client = RealClients.emr(server.endpoint(), callTimeout, calls);
    emr = new EmrGateway(client);
  }

  @AfterEach
  void disconnect() {
    client.close();
    server.close();
  }

  @Test
  void an_answer_with_an_id_is_a_launched_cluster() {
    server.on("RunJobFlow", CannedEmr.answer(200, "{\"JobFlowId\":\"j-1\"}"));

    assertThat(launch()).isEqualTo(new LaunchAnswer.Launched("j-1"));
    assertThat(counted()).containsExactly("RunJobFlow ok");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ThrottlingException", "AccessDeniedException", "ExpiredTokenException"})
  void what_emr_turns_away_may_be_sent_again(String code) {
    server.on("RunJobFlow", CannedEmr.error(400, code, "not now"));

    assertThat(launch()).isInstanceOf(LaunchAnswer.NotNow.class);
    assertThat(counted()).containsExactly("RunJobFlow " + code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ValidationException", "InvalidRequestException"})
  void what_emr_finds_at_fault_is_refused_in_its_words(String code) {
    server.on("RunJobFlow", CannedEmr.error(400, code, "InstanceProfile is required"));

    assertThat(launch()).isEqualTo(new LaunchAnswer.Refused("InstanceProfile is required"));
  }

  @ParameterizedTest
  @CsvSource({
    "500, InternalFailure",
    "503, ServiceUnavailable",
    "500, InternalServerException",
    "400, InternalServerException",
    "400, InternalServerError",
    "400, InternalFailure"
  })
  void an_error_of_emr_itself_leaves_it_unknown_whatever_its_status(int status, String code) {
    server.on("RunJobFlow", CannedEmr.error(status, code, "something broke"));

    assertThat(launch()).isInstanceOf(LaunchAnswer.Unknown.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403, 408, 502, 504})
  void an_error_without_a_code_is_not_emrs_and_leaves_it_unknown(int status) {
    server.on("RunJobFlow", CannedEmr.answer(status, ""));

    assertThat(launch()).isInstanceOf(LaunchAnswer.Unknown.class);
  }

  @Test
  void a_cut_connection_leaves_it_unknown() {
    server.on("RunJobFlow", CannedEmr.cut());

    assertThat(launch()).isInstanceOf(LaunchAnswer.Unknown.class);
  }

  @Test
  void an_answer_that_is_cut_leaves_it_unknown() {
    server.on("RunJobFlow", CannedEmr.cutWithin("{\"JobFlowId\":\"j-1\"}"));

    assertThat(launch()).isInstanceOf(LaunchAnswer.Unknown.class);
  }

  @Test
  void an_answer_that_does_not_come_in_time_leaves_it_unknown() {
    connect(Duration.ofMillis(300));
    server.on("RunJobFlow", server.never());

    assertThat(launch()).isInstanceOf(LaunchAnswer.Unknown.class);
  }

  @Test
  void nobody_there_leaves_it_unknown() {
    server.close();

    assertThat(emr.launch(REQUEST)).isInstanceOf(LaunchAnswer.Unknown.class);
  }

  @Test
  void the_clusters_of_a_name_come_oldest_first_from_every_page() {
    server.on(
        "ListClusters",
        CannedEmr.answer(
            200,
            "{\"Clusters\":[%s,%s],\"Marker\":\"more\"}"
                .formatted(summary("j-3", "mine", 3), summary("j-0", "mine and more", 0))),
        CannedEmr.answer(
            200,
            "{\"Clusters\":[%s,%s]}"
                .formatted(summary("j-1", "mine", 1), summary("j-2", "mine", 2))));

    assertThat(emr.findByName("mine", Iris.NOON)).containsExactly("j-1", "j-2", "j-3");
    assertThat(server.requests("ListClusters"))
        .hasSize(2)
        .allSatisfy(body -> assertThat(body).contains("\"CreatedAfter\":1795348200.000"))
        .allSatisfy(body -> assertThat(body).doesNotContain("ClusterStates"));
  }

  @Test
  void one_paged_call_tells_the_state_of_every_active_cluster() {
    server.on(
        "ListClusters",
        CannedEmr.answer(
            200, "{\"Clusters\":[%s],\"Marker\":\"more\"}".formatted(summary("j-1", "a", 1))),
        CannedEmr.answer(200, "{\"Clusters\":[%s]}".formatted(summary("j-2", "b", 2))));

    assertThat(emr.active(Iris.NOON))
        .isEqualTo(Map.of("j-1", ClusterState.RUNNING, "j-2", ClusterState.RUNNING));
    assertThat(server.requests("ListClusters").get(0))
        .contains("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING")
        .doesNotContain("\"TERMINATED");
  }

  @Test
  void a_cluster_is_described_with_its_reason_and_its_steps_in_the_order_of_submission() {
    server.on(
        "DescribeCluster",
        CannedEmr.answer(
            200,
            """
            {"Cluster":{"Id":"j-1","Status":{"State":"TERMINATING",
              "StateChangeReason":{"Code":"STEP_FAILURE","Message":"Shut down as step failed"},
              "Timeline":{"CreationDateTime":1795348800,"ReadyDateTime":1795348860}}}}"""));
    server.on(
        "ListSteps",
        CannedEmr.answer(
            200,
            """
            {"Steps":[
              {"Id":"s-2","Name":"second","Status":{"State":"FAILED","Timeline":{"StartDateTime":1795348860,"EndDateTime":1795348861},
                "FailureDetails":{"Reason":"Unknown Error.","Message":"exit 1"},"StateChangeReason":{}}},
              {"Id":"s-1","Name":"first","Status":{"State":"COMPLETED"}}]}"""));

    assertThat(emr.describe("j-1"))
        .isEqualTo(
            new ClusterStatus(
                ClusterState.TERMINATING,
                "STEP_FAILURE",
                "Shut down as step failed",
                Optional.of(Iris.NOON.plusSeconds(60)),
                Optional.empty(),
                List.of(
                    new StepStatus(
                        "s-1",
                        "first",
                        StepState.COMPLETED,
                        "",
                        Optional.empty(),
                        Optional.empty()),
                    new StepStatus(
                        "s-2",
                        "second",
                        StepState.FAILED,
                        "Unknown Error.: exit 1",
                        Optional.of(Iris.NOON.plusSeconds(60)),
                        Optional.of(Iris.NOON.plusSeconds(61))))));
  }

  @Test
  void a_cluster_without_reason_or_times_is_described_all_the_same() {
    server.on(
        "DescribeCluster",
        CannedEmr.answer(
            200, "{\"Cluster\":{\"Id\":\"j-1\",\"Status\":{\"State\":\"STARTING\"}}}"));
    server.on("ListSteps", CannedEmr.answer(200, "{\"Steps\":[]}"));

    assertThat(emr.describe("j-1")).isEqualTo(Iris.cluster(ClusterState.STARTING));
  }

  @Test
  void exactly_the_given_cluster_is_terminated() {
    server.on("TerminateJobFlows", CannedEmr.answer(200, ""));

    emr.terminate("j-1");

    assertThat(server.requests("TerminateJobFlows")).containsExactly("{\"JobFlowIds\":[\"j-1\"]}");
  }

  /** Whatever comes back, RunJobFlow is sent once: a second call could make a second cluster. */
  private LaunchAnswer launch() {
    LaunchAnswer answer = emr.launch(REQUEST);
    assertThat(server.requests("RunJobFlow")).hasSize(1);
    return answer;
  }

  private List<String> counted() {
    List<String> counted = new ArrayList<>();
    calls.onNew((call, count) -> counted.add(call.operation() + " " + call.outcome()));
    return counted;
  }

  private static String summary(String id, String name, int created) {
    return """
        {"Id":"%s","Name":"%s","Status":{"State":"RUNNING","Timeline":{"CreationDateTime":%d}}}"""
        .formatted(id, name, 1_795_348_800 + created);
  }
}
