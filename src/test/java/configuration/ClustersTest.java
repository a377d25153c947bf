package configuration;

import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import cluster.request.ClusterSettings;
import cluster.request.Template;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Configuration;
import testing.EditedJson;

/** A pipeline's clusters, from properties and files. */
class ClustersTest {

  private static final String FLEETS = "cluster/requests/fleets.json";

  @TempDir Path folder;

  @Test
  void a_file_is_the_request_to_emr() throws IOException {
    ClusterSettings cluster =
        read(pipeline().with("pipelines.x.cluster.request", file(EditedJson.of(FLEETS).text())));

    assertThat(cluster.rungs()).hasSize(1);
    assertThat(cluster.rungs().get(0).request().instances().instanceFleets()).hasSize(2);
    assertThat(cluster.logUri()).isEqualTo("s3://example-logs/emr/");
  }

  @Test
  void a_ladder_is_read_in_its_order() throws IOException {
    ClusterSettings cluster =
        read(
            pipeline()
                .with("pipelines.x.cluster.core-count", "4")
                .with("pipelines.x.cluster.market", "spot")
                .with("pipelines.x.cluster.ladder.2.primary-type", "m7g.xlarge")
                .with("pipelines.x.cluster.ladder.2.core-type", "r7g.xlarge")
                .with("pipelines.x.cluster.ladder.2.core-count", "2")
                .with("pipelines.x.cluster.ladder.2.subnet", "subnet-2")
                .with("pipelines.x.cluster.ladder.3.market", "on-demand")
                .with(
                    "pipelines.x.cluster.ladder.4.request",
                    file(EditedJson.of(FLEETS).with("/LogUri", "-").text())));

    assertThat(cluster.rungs())
        .extracting(Template::request)
        .extracting(
            rung ->
                rung.instances().hasInstanceFleets()
                    ? "fleets"
                    : rung.instances().instanceGroups().get(1))
        .extracting(Object::toString)
        .satisfiesExactly(
            first -> assertThat(first).contains("Market=SPOT", "m6g.xlarge", "InstanceCount=4"),
            second -> assertThat(second).contains("Market=SPOT", "r7g.xlarge", "InstanceCount=2"),
            third -> assertThat(third).contains("m6g.xlarge").doesNotContain("SPOT"),
            fourth -> assertThat(fourth).isEqualTo("fleets"));
    assertThat(cluster.rungs().get(1).request().instances().ec2SubnetId()).isEqualTo("subnet-2");
  }

  @Test
  void a_ladder_can_have_ten_rungs() {
    Configuration configuration = pipeline();
    for (int rung = 2; rung <= 10; rung++) {
      configuration.with("pipelines.x.cluster.ladder." + rung + ".subnet", "subnet-" + rung);
    }

    assertThat(read(configuration).rungs())
        .hasSize(10)
        .last()
        .extracting(rung -> rung.request().instances().ec2SubnetId())
        .isEqualTo("subnet-10");
  }

  @Test
  void every_problem_names_its_property_and_its_file() throws IOException {
    String first =
        file(
            "{\"Name\":\"mine\",\"Instances\":{\"InstanceGroups\":[{\"InstanceRole\":\"MASTER\",\"InstanceCount\":1,\"InstanceTyp\":\"a\"}]}}");
    String second = file("no");

    assertThat(
            problems(
                pipeline()
                    .with("pipelines.x.cluster.request", first)
                    .with("pipelines.x.cluster.ladder.2.request", second)))
        .containsExactly(
            "pipelines.x.cluster.request (%s): Instances.InstanceGroups[0].InstanceTyp is not a member that RunJobFlow knows; did you mean InstanceType?"
                .formatted(first),
            "pipelines.x.cluster.request (%s): Name is the service's own (by its name a cluster is found again after a lost answer); take it out"
                .formatted(first),
            "pipelines.x.cluster.ladder.2.request (%s): is no JSON at line 1, column 3"
                .formatted(second));
  }

  @Test
  void a_file_that_is_not_there_is_a_problem_and_so_is_a_folder() {
    String wayOut =
        ", and there is no such file; name one by its path, beginning with / or from the working directory "
            + Path.of("").toAbsolutePath();

    assertThat(problems(pipeline().with("pipelines.x.cluster.request", "no/such.json")))
        .containsExactly("pipelines.x.cluster.request is 'no/such.json'" + wayOut);
    assertThat(problems(pipeline().with("pipelines.x.cluster.request", folder.toString())))
        .containsExactly("pipelines.x.cluster.request is '%s'%s".formatted(folder, wayOut));
  }

  @Test
  void a_file_that_is_no_text_is_a_problem() throws IOException {
    Path binary = folder.resolve("binary");
    Files.write(binary, "{\"Name\":\"ä\"}".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(problems(pipeline().with("pipelines.x.cluster.request", binary.toString())))
        .singleElement()
        .asString()
        .startsWith(
            "pipelines.x.cluster.request is '%s', which cannot be read (java.nio.charset.MalformedInputException"
                .formatted(binary))
        .endsWith("; it must be a text in UTF-8 that this user can read");
  }

  @Test
  void a_ladder_has_no_gap() {
    assertThat(
            problems(
                pipeline()
                    .with("pipelines.x.cluster.ladder.3.subnet", "subnet-3")
                    .with("pipelines.x.cluster.ladder.4.subnet", "subnet-4")))
        .containsExactly(
            "pipelines.x.cluster.ladder.3 is there without cluster.ladder.2; number the rungs 2, 3, … without a gap");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.subnet", "11.subnet", "0.market", "two.subnet", "02.subnet"})
  void a_number_that_is_no_rungs_is_refused(String below) {
    assertThat(problems(pipeline().with("pipelines.x.cluster.ladder." + below, "x")))
        .containsExactly(
            "pipelines.x.cluster.ladder.%s is no rung's; cluster.* describes the first, cluster.ladder.2 to cluster.ladder.10 the others"
                .formatted(below));
  }

  @Test
  void a_setting_that_no_rung_has_is_refused() {
    assertThat(problems(pipeline().with("pipelines.x.cluster.ladder.2.subnets", "subnet-1")))
        .containsExactly(
            "pipelines.x.cluster.ladder.2.subnets is not a property that this service knows; did you mean pipelines.x.cluster.ladder.2.subnet?");
  }

  @Test
  void a_short_life_needs_no_start_deadline_of_its_own() {
    ClusterSettings cluster =
        read(
            pipeline()
                .with("pipelines.x.cluster.step-deadline", "1m")
                .with("pipelines.x.cluster.max-age", "5m"));

    assertThat(cluster.startDeadline()).isEqualTo(Duration.ofMinutes(30));
  }

  private String file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "emr", ".json"), text).toString();
  }

  private static Configuration pipeline() {
    return Configuration.ofPipeline("x");
  }

  private static ClusterSettings read(Configuration configuration) {
    return Reading.pipeline(configuration).cluster();
  }
}
