package localcloud.emr;

import static localcloud.emr.LocalEmr.cluster;
import static localcloud.emr.LocalEmr.longRunning;
import static localcloud.emr.LocalEmr.shell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.Configuration;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.Instance;
import software.amazon.awssdk.services.emr.model.InstanceCollectionType;
import software.amazon.awssdk.services.emr.model.InstanceFleetConfig;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InstanceTypeConfig;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.ListClustersResponse;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.StepState;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.emr.model.Tag;

/**
 * What each operation answers and refuses.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_RunJobFlow.html">RunJobFlow</a>
 * @see <a href="https://docs.aws.amazon.com/emr/latest/APIReference/API_Cluster.html">Cluster</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ListClusters.html">ListClusters</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_AddJobFlowSteps.html">AddJobFlowSteps</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ListSteps.html">ListSteps</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/APIReference/API_ListInstances.html">ListInstances</a>
 * @see <a href="https://docs.aws.amazon.com/emr/latest/APIReference/CommonErrors.html">Common
 *     errors</a>
 */
class EmrApiTest {
  @TempDir static Path data;
  static LocalEmr local;

  @BeforeAll
  static void start() throws IOException {
    local = new LocalEmr(data);
  }

  @AfterAll
  static void stop() throws IOException {
    local.close();
  }

  @Test
  void describe_returns_the_request() {
    String id =
        local.run(
            cluster()
                .name("curate iris")
                .tags(Tag.builder().key("run").value("r-1").build())
                .applications(Application.builder().name("Spark").build())
                .configurations(
                    Configuration.builder()
                        .classification("spark-defaults")
                        .properties(Collections.singletonMap("spark.executor.cores", "4"))
                        .build())
                .securityConfiguration("encrypted")
                .ebsRootVolumeSize(20)
                .instances(
                    i ->
                        i.masterInstanceType("m5.xlarge")
                            .slaveInstanceType("m5.2xlarge")
                            .instanceCount(3)
                            .ec2SubnetIds("subnet-1", "subnet-2")
                            .ec2KeyName("key")));

    Cluster cluster = local.describe(id);

    assertThat(id).matches("j-[A-Z0-9]{13}");
    assertThat(cluster.clusterArn()).endsWith(":cluster/" + id);
    assertThat(cluster.name()).isEqualTo("curate iris");
    assertThat(cluster.releaseLabel()).isEqualTo("emr-7.13.0");
    assertThat(cluster.serviceRole()).isEqualTo("EMR_DefaultRole");
    assertThat(cluster.logUri()).isEqualTo("s3://logs/emr/");
    assertThat(cluster.tags()).extracting(Tag::value).containsExactly("r-1");
    assertThat(cluster.applications()).extracting(Application::name).containsExactly("Spark");
    assertThat(cluster.configurations().get(0).properties())
        .containsEntry("spark.executor.cores", "4");
    assertThat(cluster.securityConfiguration()).isEqualTo("encrypted");
    assertThat(cluster.ebsRootVolumeSize()).isEqualTo(20);
    assertThat(cluster.autoTerminate()).isTrue();
    assertThat(cluster.stepConcurrencyLevel()).isEqualTo(1);
    assertThat(cluster.instanceCollectionType()).isEqualTo(InstanceCollectionType.INSTANCE_GROUP);
    assertThat(cluster.ec2InstanceAttributes().ec2SubnetId()).isEqualTo("subnet-1");
    assertThat(cluster.ec2InstanceAttributes().iamInstanceProfile())
        .isEqualTo("EMR_EC2_DefaultRole");
    Cluster ended = local.awaitEnd(id);
    assertThat(ended.normalizedInstanceHours()).isEqualTo(8 + 2 * 16);
    assertThat(ended.masterPublicDnsName()).isNotEmpty();
  }

  @Test
  void clusters_are_listed_newest_first_fifty_a_page_and_filtered() throws IOException {
    try (LocalEmr other = new LocalEmr(data.resolve("other"))) {
      List<String> ids =
          IntStream.range(0, 60)
              .mapToObj(i -> other.run(longRunning().name("cluster " + i)))
              .toList();
      Instant created = other.describe(ids.get(30)).status().timeline().creationDateTime();

      List<ListClustersResponse> pages = other.emr.listClustersPaginator(b -> {}).stream().toList();

      assertThat(pages).extracting(page -> page.clusters().size()).containsExactly(50, 10);
      assertThat(pages.get(0).clusters().get(0).name()).isEqualTo("cluster 59");
      assertThat(pages.get(1).clusters().get(9).name()).isEqualTo("cluster 0");
      assertThat(other.emr.listClustersPaginator(b -> b.createdAfter(created)).clusters())
          .extracting(ClusterSummary::id)
          .contains(ids.get(30), ids.get(59))
          .doesNotContain(ids.get(0));
      assertThat(other.emr.listClustersPaginator(b -> b.createdBefore(created)).clusters())
          .extracting(ClusterSummary::id)
          .contains(ids.get(30), ids.get(0))
          .doesNotContain(ids.get(59));

      other.terminate(ids.get(5));
      other.awaitEnd(ids.get(5));
      assertThat(other.emr.listClusters(b -> b.clusterStates(ClusterState.TERMINATED)).clusters())
          .extracting(ClusterSummary::id)
          .containsExactly(ids.get(5));
    }
  }

  @Test
  void steps_are_listed_in_reverse_fifty_a_page() {
    StepConfig[] steps =
        IntStream.range(0, 60)
            .mapToObj(
                i -> shell(ActionOnFailure.CONTINUE, "true").toBuilder().name("step " + i).build())
            .toArray(StepConfig[]::new);
    String id = local.run(cluster(steps));

    List<StepSummary> listed =
        local.emr.listStepsPaginator(b -> b.clusterId(id)).steps().stream().toList();

    assertThat(local.steps(id)).hasSize(50);
    assertThat(listed).hasSize(60);
    assertThat(listed.get(0).name()).isEqualTo("step 59");
    assertThat(listed.get(0).id()).matches("s-[A-Z0-9]{13}");
    String one = listed.get(7).id();
    assertThat(local.emr.listSteps(b -> b.clusterId(id).stepIds(one)).steps())
        .extracting(StepSummary::id)
        .containsExactly(one);
    local.terminate(id);
    local.awaitEnd(id);
    assertThat(
            local
                .emr
                .listSteps(b -> b.clusterId(id).stepStates(StepState.PENDING, StepState.RUNNING))
                .steps())
        .isEmpty();
  }

  @Test
  void instances_are_those_of_the_fleets() {
    String id =
        local.run(
            longRunning()
                .instances(
                    i ->
                        i.keepJobFlowAliveWhenNoSteps(true)
                            .instanceFleets(
                                List.of(
                                    fleet(InstanceFleetType.MASTER, "m6g.xlarge", 1)
                                        .targetOnDemandCapacity(1)
                                        .build(),
                                    fleet(InstanceFleetType.CORE, "r6g.2xlarge", 4)
                                        .targetSpotCapacity(8)
                                        .build()))));

    List<Instance> instances = local.emr.listInstances(b -> b.clusterId(id)).instances();

    assertThat(instances)
        .extracting(Instance::instanceType)
        .containsExactly("m6g.xlarge", "r6g.2xlarge", "r6g.2xlarge");
    assertThat(instances).extracting(Instance::marketAsString).contains("ON_DEMAND", "SPOT");
    assertThat(
            local
                .emr
                .listInstances(b -> b.clusterId(id).instanceFleetType(InstanceFleetType.CORE))
                .instances())
        .hasSize(2);
    local.terminate(id);
  }

  @Test
  void request_that_breaks_rules_is_refused_with_all_of_them() {
    assertRefused(
        () -> local.run(cluster(StepConfig.builder().name("x").build()).name(null)),
        "ValidationException",
        "2 validation errors detected: Value null at 'name' failed to satisfy constraint: Member"
            + " must not be null; Value null at 'steps.1.member.hadoopJarStep'");
    assertRefused(
        () -> local.run(cluster().name("x".repeat(257))),
        "ValidationException",
        "less than or equal to 256");
    assertRefused(
        () -> local.run(cluster().serviceRole(null)), "ValidationException", "ServiceRole");
    assertRefused(
        () -> local.run(cluster().releaseLabel("7.13")), "ValidationException", "release label");
    assertRefused(
        () -> local.run(cluster().autoTerminationPolicy(p -> p.idleTimeout(59L))),
        "ValidationException",
        "60 and 604800");
    assertRefused(
        () ->
            local.run(cluster(LocalEmr.step(ActionOnFailure.CONTINUE, "bash", "x".repeat(10_240)))),
        "ValidationException",
        "10244 characters");
    assertRefused(
        () ->
            local.run(
                cluster(
                    Collections.nCopies(257, shell(ActionOnFailure.CONTINUE, "true"))
                        .toArray(StepConfig[]::new))),
        "ValidationException",
        "256");
    assertRefused(
        () ->
            local.run(
                cluster(
                    shell(ActionOnFailure.CONTINUE, "true").toBuilder()
                        .actionOnFailure("EXPLODE")
                        .build())),
        "ValidationException",
        "Value 'EXPLODE' at 'steps.1.member.actionOnFailure'");
  }

  @Test
  void what_does_not_exist_is_refused() {
    assertThatThrownBy(() -> local.describe("j-UNKNOWN"))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Cluster id 'j-UNKNOWN' is not valid.");
    assertThatThrownBy(() -> local.steps("j-UNKNOWN")).isInstanceOf(InvalidRequestException.class);
    assertRefused(
        () -> local.terminate("j-UNKNOWN"),
        "ValidationException",
        "Specified job flow ID not valid.");
    assertThatThrownBy(() -> local.emr.listClusters(b -> b.marker("nonsense")))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void ended_cluster_takes_no_steps_and_can_be_terminated_again() {
    String id = local.run(cluster());
    local.awaitEnd(id);

    assertRefused(
        () ->
            local.emr.addJobFlowSteps(
                b -> b.jobFlowId(id).steps(shell(ActionOnFailure.CONTINUE, "true"))),
        "ValidationException",
        "shutting down, terminated, or finished");
    local.terminate(id);
    assertThat(local.describe(id).status().state()).isEqualTo(ClusterState.TERMINATED);
  }

  @Test
  void at_most_ten_clusters_are_terminated_at_once() {
    List<String> ids = Collections.nCopies(11, local.run(cluster()));

    assertRefused(
        () -> local.emr.terminateJobFlows(b -> b.jobFlowIds(ids)), "ValidationException", "10");
  }

  @Test
  void operation_that_is_not_simulated_is_said_so() {
    assertRefused(() -> local.emr.listStudios(b -> {}), "UnknownOperationException", "ListStudios");
  }

  @Test
  void errors_have_aws_s_form_and_unknown_members_are_refused_by_name() throws Exception {
    HttpResponse<String> response =
        post("RunJobFlow", "{\"Name\":\"x\",\"Instances\":{\"InstanceTipe\":\"m5.xlarge\"}}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("x-amzn-RequestId")).isPresent();
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/x-amz-json-1.1");
    assertThat(response.body())
        .contains("\"__type\":\"SerializationException\"")
        .contains("Unknown member: Instances.InstanceTipe");
    assertThat(post("RunJobFlow", "{\"Name\":1}").body()).contains("Name is not a string");
    assertThat(post("RunJobFlow", "no json").body()).contains("SerializationException");
  }

  @Test
  void times_are_seconds_with_a_fraction() throws Exception {
    String id = local.run(cluster());

    assertThat(post("DescribeCluster", "{\"ClusterId\":\"" + id + "\"}").body())
        .containsPattern("\"CreationDateTime\":[0-9]{10}\\.[0-9]{3}");
  }

  @Test
  void every_call_is_recorded() throws IOException {
    String id = local.run(cluster());
    local.terminate(id);
    assertThatThrownBy(() -> local.describe("j-RECORDED")).isInstanceOf(EmrException.class);

    assertThat(local.server.calls())
        .filteredOn(call -> call.clusters().matches(id + "|j-RECORDED"))
        .extracting(ApiCall::operation, ApiCall::outcome)
        .containsExactly(
            tuple("RunJobFlow", "OK"),
            tuple("TerminateJobFlows", "OK"),
            tuple("DescribeCluster", "InvalidRequestException"));
    assertThat(Files.readString(data.resolve("emr/calls.jsonl")))
        .contains("\"operation\":\"RunJobFlow\",\"clusters\":\"" + id + "\",\"outcome\":\"OK\"");
  }

  private static InstanceFleetConfig.Builder fleet(
      InstanceFleetType role, String instanceType, int weight) {
    InstanceTypeConfig type =
        InstanceTypeConfig.builder().instanceType(instanceType).weightedCapacity(weight).build();
    return InstanceFleetConfig.builder().instanceFleetType(role).instanceTypeConfigs(List.of(type));
  }

  private static HttpResponse<String> post(String operation, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(local.server.endpoint())
                .header("X-Amz-Target", "ElasticMapReduce." + operation)
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void assertRefused(ThrowingCallable call, String type, String message) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            EmrException.class,
            e -> {
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo(type);
              assertThat(e.statusCode()).isEqualTo(400);
            })
        .hasMessageContaining(message);
  }
}
