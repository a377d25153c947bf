package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cluster.step.SparkStep;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Tag;
import testing.Iris;
import testing.Resource;

class ClusterRequestTest {

  private static final JsonMapper PLAIN = new JsonMapper();
  private static final String WORK = "s3://curated/_work/";
  private static final SparkStep STEP =
      new SparkStep(
          WORK + "jobs/spark-job-HASH.jar",
          "sparkjob.SparkJob",
          WORK + "iris/run=r-20261122T120000-00002a/manifest.json",
          WORK + "iris/run=r-20261122T120000-00002a/attempt=1/job.json");

  @Test
  void the_request_for_iris_is_the_golden_one() throws JsonProcessingException {
    assertGolden(request(Iris.cluster()), "iris");
  }

  @Test
  void a_request_with_everything_configured_is_the_golden_one() throws JsonProcessingException {
    assertGolden(request(everything()), "everything");
  }

  @Test
  void every_cluster_ends_by_itself_whatever_happens_to_the_service() {
    for (ClusterSettings settings : List.of(Iris.cluster(), everything())) {
      RunJobFlowRequest request = request(settings);

      assertThat(request.instances().keepJobFlowAliveWhenNoSteps()).isFalse();
      assertThat(request.instances().terminationProtected()).isFalse();
      assertThat(request.steps())
          .isNotEmpty()
          .allSatisfy(
              step -> {
                assertThat(step.actionOnFailure()).isEqualTo(ActionOnFailure.TERMINATE_CLUSTER);
                assertThat(step.hadoopJarStep().jar()).isEqualTo("command-runner.jar");
                assertThat(step.hadoopJarStep().args())
                    .startsWith("timeout", Long.toString(settings.stepDeadline().toSeconds()));
              });
    }
  }

  /** Amazon EMR API reference, AddJobFlowSteps: 10,240 characters for all strings of a step. */
  @Test
  void a_steps_arguments_stay_far_below_their_limit_with_the_longest_names() {
    String longest = "s3://" + "b".repeat(63) + "/" + "k".repeat(1_024);

    int characters =
        request(Iris.cluster(), new SparkStep(longest, "sparkjob.SparkJob", longest, longest))
            .steps()
            .stream()
            .flatMap(step -> step.hadoopJarStep().args().stream())
            .mapToInt(String::length)
            .sum();

    assertThat(characters).isLessThan(10_240 / 2);
  }

  @Test
  void the_name_is_the_same_whenever_it_is_asked_for() {
    assertThat(ClusterRequest.name("test", "iris", Iris.RUN, 1))
        .isEqualTo("test iris r-20261122T120000-00002a attempt-1");
    assertThat(ClusterRequest.name("test", "iris", Iris.RUN, 2))
        .isNotEqualTo(ClusterRequest.name("test", "iris", Iris.RUN, 1));
    assertThat(request(Iris.cluster()).name()).isEqualTo(Iris.intended().clusterName());
  }

  @Test
  void attempts_take_the_rungs_in_order_and_stay_on_the_last() {
    ClusterSettings ladder =
        Iris.cluster(
            Iris.request().releaseLabel("emr-7.13.0").build(),
            Iris.request().releaseLabel("emr-7.12.0").build());

    assertThat(IntStream.range(0, 4).mapToObj(rung -> request(ladder, rung).releaseLabel()))
        .containsExactly("emr-7.13.0", "emr-7.12.0", "emr-7.12.0", "emr-7.12.0");
  }

  @Test
  void what_is_ours_is_the_same_on_every_rung() {
    ClusterSettings ladder =
        Iris.cluster(
            Iris.request().build(),
            Iris.request()
                .name("theirs")
                .instances(
                    instances ->
                        instances.keepJobFlowAliveWhenNoSteps(true).terminationProtected(true))
                .build());
    RunJobFlowRequest first = request(ladder, 0);
    RunJobFlowRequest second = request(ladder, 1);

    assertThat(second.name()).isEqualTo(first.name());
    assertThat(second.steps()).isEqualTo(first.steps());
    assertThat(second.tags()).isEqualTo(first.tags());
    assertThat(second.instances().keepJobFlowAliveWhenNoSteps()).isFalse();
    assertThat(second.instances().terminationProtected()).isFalse();
  }

  @Test
  void clusters_of_no_rung_cannot_be_made() {
    assertThatThrownBy(() -> Iris.cluster(new RunJobFlowRequest[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot create clusters without a rung: name at least one");
  }

  private static void assertGolden(RunJobFlowRequest request, String name)
      throws JsonProcessingException {
    assertThat(PLAIN.valueToTree(RequestJson.of(request)).toPrettyString())
        .isEqualTo(PLAIN.readTree(Resource.text("cluster/" + name + ".json")).toPrettyString());
  }

  private static RunJobFlowRequest request(ClusterSettings settings) {
    return request(settings, STEP);
  }

  private static RunJobFlowRequest request(ClusterSettings settings, int rung) {
    return ClusterRequest.of(Iris.onRung(rung), Iris.OWNER, "iris", settings, List.of(STEP));
  }

  private static RunJobFlowRequest request(ClusterSettings settings, SparkStep step) {
    return ClusterRequest.of(Iris.intended(), Iris.OWNER, "iris", settings, List.of(step));
  }

  private static ClusterSettings everything() {
    return new ClusterSettings(
        List.of(
            Iris.template(
                Iris.request()
                    .releaseLabel("emr-spark-8.0.0")
                    .serviceRole("service-role")
                    .jobFlowRole("instance-profile")
                    .securityConfiguration("encrypted")
                    .logUri("s3://logs/emr/")
                    .tags(Tag.builder().key("team").value("flowers").build())
                    .instances(
                        JobFlowInstancesConfig.builder()
                            .instanceGroups(
                                group("primary", "MASTER", "m7g.xlarge", 1),
                                group("core", "CORE", "r7g.2xlarge", 4))
                            .ec2SubnetId("subnet-1")
                            .build())
                    .build())),
        Duration.ofMinutes(90),
        Duration.ofMinutes(30),
        Duration.ofMinutes(30),
        Duration.ofHours(2),
        3,
        Optional.empty(),
        Map.of("spark.sql.shuffle.partitions", "8"));
  }

  private static InstanceGroupConfig group(String name, String role, String type, int count) {
    return InstanceGroupConfig.builder()
        .name(name)
        .instanceRole(role)
        .instanceType(type)
        .instanceCount(count)
        .build();
  }
}
