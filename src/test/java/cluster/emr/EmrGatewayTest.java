package cluster.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aws.ApiCalls;
import aws.AwsSettings;
import aws.RealClients;
import cluster.request.Owner;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import run.ClusterState;
import run.ClusterStatus;
import run.ListedCluster;
import run.StepState;
import run.StepStatus;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import testing.CannedEmr;
import testing.Iris;

/** The service's own SDK client against canned answers. */
class EmrGatewayTest {

  private static final RunJobFlowRequest REQUEST = RunJobFlowRequest.builder().name("test").build();

  private static final Clock CLOCK = Clock.fixed(Iris.NOON, ZoneOffset.UTC);

  private final ApiCalls calls = new ApiCalls();
  private CannedEmr server;
  private EmrClient client;
  private EmrQuotas quotas;
  private EmrGateway emr;

  @BeforeEach
  void connect() {
    server = new CannedEmr();
    connect(Duration.ofSeconds(30));
  }

  private void connect(Duration callTimeout) {
    client = RealClients.emr(server.endpoint(), callTimeout, calls);
    AwsSettings settings = RealClients.settings(server.endpoint(), callTimeout);
    quotas = new EmrQuotas(settings, CLOCK);
    emr = new EmrGateway(client, quotas, settings);
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
  @ValueSource(strings = {"AccessDeniedException", "ExpiredTokenException"})
  void what_emr_denies_may_be_sent_again(String code) {
    server.on("RunJobFlow", CannedEmr.error(400, code, "not now"));

    assertThat(launch()).isInstanceOf(LaunchAnswer.NotNow.class);
    assertThat(counted()).containsExactly("RunJobFlow " + code);
  }

  @Test
  void what_iam_denies_is_reported_with_the_missing_permission() {
    server.on(
        "DescribeCluster", CannedEmr.error(400, "AccessDeniedException", "no policy allows it"));
    server.on("ListSteps", CannedEmr.error(400, "AccessDeniedException", "no policy allows it"));
    server.on("ListClusters", CannedEmr.error(400, "AccessDeniedException", "no policy allows it"));

    assertThatThrownBy(() -> emr.describe("j-1"))
        .hasMessage(
            "EMR denies elasticmapreduce:DescribeCluster: no policy allows it; allow it to the service's role, as deploy/aws/service-policy.json does");
    assertThatThrownBy(() -> emr.steps("j-1")).hasMessageContaining("elasticmapreduce:ListSteps");
    assertThatThrownBy(() -> emr.listActive(Optional.empty()))
        .hasMessageContaining("elasticmapreduce:ListClusters");
    assertThat(emr.ownerOf("j-1")).isEmpty();
  }

  @Test
  void a_throttled_call_created_nothing_and_slows_the_next_ones_down() {
    server.on("RunJobFlow", CannedEmr.error(400, "ThrottlingException", "Rate exceeded"));

    assertThat(launch()).isEqualTo(new LaunchAnswer.Throttled());
    assertThat(quotas.has(EmrApi.RUN_JOB_FLOW)).isFalse();
  }

  @Test
  void a_throttled_listing_is_an_exception_of_its_own() {
    server.on("ListClusters", CannedEmr.error(400, "ThrottlingException", "Rate exceeded"));

    assertThatThrownBy(() -> emr.listActive(Optional.empty()))
        .isInstanceOf(ThrottledException.class);
    assertThat(quotas.has(EmrApi.LIST_CLUSTERS)).isFalse();
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
  void an_unreachable_endpoint_leaves_it_unknown() {
    server.close();

    assertThat(emr.launch(REQUEST)).isInstanceOf(LaunchAnswer.Unknown.class);
  }

  @Test
  void a_page_of_active_clusters_shows_each_ones_state_and_reason_and_where_the_next_begins() {
    server.on(
        "ListClusters",
        CannedEmr.answer(
            200,
            """
            {"Clusters":[{"Id":"j-1","Name":"a","Status":{"State":"TERMINATING",
              "StateChangeReason":{"Code":"STEP_FAILURE","Message":"Shut down as step failed"},
              "Timeline":{"CreationDateTime":1795348800}}}],"Marker":"more"}"""),
        CannedEmr.answer(200, "{\"Clusters\":[%s]}".formatted(summary("j-2", "b", 2))));

    EmrGateway.Page first = emr.listActive(Optional.empty());
    EmrGateway.Page second = emr.listActive(first.marker());

    assertThat(first.clusters())
        .containsExactly(
            new ListedCluster(
                "j-1",
                "a",
                Iris.NOON,
                Iris.cluster(
                    ClusterState.TERMINATING, "STEP_FAILURE", "Shut down as step failed")));
    assertThat(first.marker()).contains("more");
    assertThat(second.marker()).isEmpty();
    assertThat(server.requests("ListClusters").get(0))
        .contains("STARTING", "BOOTSTRAPPING", "RUNNING", "WAITING", "TERMINATING")
        .doesNotContain("\"TERMINATED", "Marker");
    assertThat(server.requests("ListClusters").get(1)).contains("\"Marker\":\"more\"");
  }

  @Test
  void clusters_on_the_move_are_listed_without_those_that_run() {
    server.on("ListClusters", CannedEmr.answer(200, "{\"Clusters\":[]}"));

    assertThat(emr.listMoving(Optional.of("marker")).clusters()).isEmpty();
    assertThat(server.requests("ListClusters"))
        .containsExactly(
            "{\"ClusterStates\":[\"STARTING\",\"BOOTSTRAPPING\",\"TERMINATING\"],\"Marker\":\"marker\"}");
  }

  @Test
  void clusters_created_since_are_listed_whatever_their_state_and_however_the_clocks_differ() {
    server.on("ListClusters", CannedEmr.answer(200, "{\"Clusters\":[]}"));

    assertThat(emr.listCreated(Iris.NOON, Optional.empty()).clusters()).isEmpty();
    assertThat(server.requests("ListClusters"))
        .singleElement()
        .satisfies(body -> assertThat(body).contains("\"CreatedAfter\":1795348200.000"))
        .satisfies(body -> assertThat(body).doesNotContain("ClusterStates"));
  }

  @Test
  void a_cluster_is_described_with_its_reason_and_its_steps_come_in_the_order_of_submission() {
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

    assertThat(emr.describe("j-1").orElseThrow().with(emr.steps("j-1")))
        .isEqualTo(
            new ClusterStatus(
                ClusterState.TERMINATING,
                "STEP_FAILURE",
                "Shut down as step failed",
                Optional.empty(),
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
  void a_step_is_described_as_it_is_listed() {
    server.on(
        "DescribeStep",
        CannedEmr.answer(
            200,
            """
            {"Step":{"Id":"s-2","Name":"second","Status":{"State":"FAILED","Timeline":{"EndDateTime":1795348861},
              "FailureDetails":{"Reason":"Unknown Error.","Message":"exit 1"},"StateChangeReason":{}}}}"""));

    assertThat(emr.step("j-1", "s-2"))
        .isEqualTo(
            new StepStatus(
                "s-2",
                "second",
                StepState.FAILED,
                "Unknown Error.: exit 1",
                Optional.empty(),
                Optional.of(Iris.NOON.plusSeconds(61))));
    assertThat(server.requests("DescribeStep"))
        .containsExactly("{\"ClusterId\":\"j-1\",\"StepId\":\"s-2\"}");
  }

  @Test
  void a_cluster_without_reason_or_times_is_described_all_the_same() {
    server.on(
        "DescribeCluster",
        CannedEmr.answer(
            200, "{\"Cluster\":{\"Id\":\"j-1\",\"Status\":{\"State\":\"STARTING\"}}}"));

    assertThat(emr.describe("j-1")).contains(Iris.cluster(ClusterState.STARTING));
  }

  @Test
  void exactly_the_given_clusters_are_terminated_with_one_call() {
    server.on("TerminateJobFlows", CannedEmr.answer(200, ""));

    emr.terminate(List.of("j-1", "j-2"));

    assertThat(server.requests("TerminateJobFlows"))
        .containsExactly("{\"JobFlowIds\":[\"j-1\",\"j-2\"]}");
  }

  @Test
  void protection_against_termination_is_switched_off_and_the_cluster_terminated() {
    server.on(
        "TerminateJobFlows",
        CannedEmr.error(
            400,
            "ValidationException",
            "Could not shut down one or more job flows since they are termination protected."),
        CannedEmr.answer(200, ""));
    server.on("SetTerminationProtection", CannedEmr.answer(200, ""));

    emr.terminate(List.of("j-1"));

    assertThat(server.requests("SetTerminationProtection"))
        .containsExactly("{\"JobFlowIds\":[\"j-1\"],\"TerminationProtected\":false}");
    assertThat(server.requests("TerminateJobFlows")).hasSize(2);
  }

  @Test
  void a_clusters_tags_show_whose_it_is() {
    server.on(
        "DescribeCluster",
        CannedEmr.answer(
            200,
            """
            {"Cluster":{"Id":"j-1","Status":{"State":"RUNNING"},"Tags":[
              {"Key":"transient-pipelines:installation","Value":"test"},
              {"Key":"transient-pipelines:store","Value":"a-store"}]}}"""),
        CannedEmr.answer(200, "{\"Cluster\":{\"Id\":\"j-2\",\"Status\":{\"State\":\"RUNNING\"}}}"),
        CannedEmr.error(400, "AccessDeniedException", "not yours"));

    assertThat(emr.ownerOf("j-1")).contains(Iris.OWNER);
    assertThat(emr.ownerOf("j-2")).contains(new Owner("", ""));
    assertThat(emr.ownerOf("j-3")).isEmpty();
  }

  @Test
  void a_cluster_that_emr_does_not_know_has_no_status() {
    server.on(
        "DescribeCluster",
        CannedEmr.error(400, "InvalidRequestException", "Cluster id 'j-1' is not valid."));

    assertThat(emr.describe("j-1")).isEmpty();
  }

  @Test
  void an_unknown_state_of_emr_is_not_the_end_of_a_cluster() {
    server.on(
        "DescribeCluster",
        CannedEmr.answer(
            200, "{\"Cluster\":{\"Id\":\"j-1\",\"Status\":{\"State\":\"RESIZING\"}}}"));

    assertThat(emr.describe("j-1")).contains(Iris.cluster(ClusterState.RUNNING));
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
