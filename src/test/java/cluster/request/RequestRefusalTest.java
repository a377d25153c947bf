package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.EditedJson;

/**
 * What EMR would take and what would keep a cluster from ending, from being known as ours or from
 * doing its steps in order, is refused at start.
 */
class RequestRefusalTest {

  private static final String FLEETS = "cluster/requests/fleets.json";
  private static final String GROUPS = "cluster/requests/groups.json";
  private static final String SOFTWARE = "cluster/requests/software.json";
  private static final String LAUNCH = "/Instances/InstanceFleets/1/LaunchSpecifications";
  private static final String PROTECTED =
      "; write 1: EMR protects several primary nodes from termination, the cluster would not end by itself";

  @ParameterizedTest
  @ValueSource(strings = {FLEETS, GROUPS, SOFTWARE})
  void a_sound_request_has_no_problem(String file) {
    assertThat(problems(EditedJson.of(file))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/Name|'mine'|Name is the service's own (by its name a cluster is found again after a lost answer); take it out",
        "/Steps|[]|Steps is the service's own (the one step is the pipeline's Spark job); take it out",
        "/Instances/KeepJobFlowAliveWhenNoSteps|false|Instances.KeepJobFlowAliveWhenNoSteps is the service's own (a cluster ends when its steps have ended); take it out",
        "/Instances/TerminationProtected|true|Instances.TerminationProtected is the service's own (a cluster must be able to end by itself); take it out",
        "/StepConcurrencyLevel|2|StepConcurrencyLevel is 2; above 1 a failing step does not terminate the cluster, take it out",
        "/Tags/0|{'Key':'transient-pipelines:run','Value':'x'}|Tags[0].Key begins with 'transient-pipelines:', by which the service knows its clusters; choose another key"
      })
  void what_is_the_services_own_is_refused_with_the_reason(
      String pointer, String json, String problem) {
    assertThat(problems(EditedJson.of(FLEETS).with(pointer, json))).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/Applications|[{'Name':'Hive'}]|Applications lacks Spark, which the step needs; add {\"Name\": \"Spark\"}",
        "/Applications|[]|Applications lacks Spark, which the step needs; add {\"Name\": \"Spark\"}",
        "/LogUri|'s3://logs'|LogUri is 's3://logs'; write s3://bucket/prefix/",
        "/LogUri|'s3n://logs/'|LogUri is 's3n://logs/'; write s3://bucket/prefix/"
      })
  void the_step_can_run_and_its_log_be_read(String pointer, String json, String problem) {
    assertThat(problems(EditedJson.of(FLEETS).with(pointer, json))).containsExactly(problem);
  }

  @Test
  void several_primary_nodes_are_refused_in_groups() {
    assertThat(
            problems(EditedJson.of(GROUPS).with("/Instances/InstanceGroups/0/InstanceCount", "3")))
        .containsExactly("Instances.InstanceGroups[0].InstanceCount is 3" + PROTECTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0/TargetOnDemandCapacity|3|[0].TargetOnDemandCapacity is 3",
        "1/InstanceFleetType|'MASTER'|[1].TargetOnDemandCapacity is 16"
      })
  void several_primary_nodes_are_refused_in_fleets(String member, String json, String problem) {
    assertThat(problems(EditedJson.of(FLEETS).with("/Instances/InstanceFleets/" + member, json)))
        .containsExactly("Instances.InstanceFleets" + problem + PROTECTED);
  }

  @Test
  void several_primary_nodes_are_refused_on_the_spot_market_too() {
    String primary = "/Instances/InstanceFleets/0/";

    assertThat(
            problems(
                EditedJson.of(FLEETS)
                    .with(primary + "TargetOnDemandCapacity", "0")
                    .with(primary + "TargetSpotCapacity", "2")
                    .with(
                        primary + "LaunchSpecifications",
                        "{'SpotSpecification':{'TimeoutDurationMinutes':5,'TimeoutAction':'TERMINATE_CLUSTER'}}")))
        .containsExactly("Instances.InstanceFleets[0].TargetSpotCapacity is 2" + PROTECTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/SpotSpecification",
        "/SpotSpecification/TimeoutDurationMinutes",
        "/SpotSpecification/TimeoutAction"
      })
  void spot_needs_an_end_to_its_waiting(String member) {
    assertThat(problems(EditedJson.of(FLEETS).with(LAUNCH + member, "-")))
        .containsExactly(
            "Instances.InstanceFleets[1].LaunchSpecifications.SpotSpecification needs TimeoutDurationMinutes and TimeoutAction; without them a cluster waits for Spot capacity without end");
  }

  @Test
  void spot_waits_no_longer_than_the_attempt_does() {
    EditedJson waiting =
        EditedJson.of(FLEETS).with(LAUNCH + "/SpotSpecification/TimeoutDurationMinutes", "30");

    assertThat(problems(waiting, Duration.ofMinutes(31))).isEmpty();
    assertThat(problems(waiting, Duration.ofMinutes(30)))
        .containsExactly(
            "Instances.InstanceFleets[1].LaunchSpecifications.SpotSpecification.TimeoutDurationMinutes is 30, but the attempt is given up after 30m (cluster.start-deadline); write less, or make the deadline longer");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    EditedJson request =
        EditedJson.of(FLEETS)
            .with("/Name", "'mine'")
            .with("/Nam", "'mine'")
            .with("/LogUri", "'logs'")
            .with("/EbsRootVolumeSize", "'big'")
            .with("/Tags/0", "{'Key':'transient-pipelines:x'}");

    assertThat(problems(request))
        .hasSize(5)
        .anyMatch(line -> line.startsWith("Name is the service's own"))
        .anyMatch(line -> line.startsWith("Nam is not a member"))
        .anyMatch(line -> line.startsWith("LogUri is 'logs'"))
        .anyMatch(line -> line.startsWith("EbsRootVolumeSize is not a whole number"))
        .anyMatch(line -> line.startsWith("Tags[0].Key begins with 'transient-pipelines:'"));
  }

  /** EMR says it better, and a launch that it refuses costs nothing. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/ReleaseLabel|'emr7'",
        "/Tags/0|{'Value':'without a key'}",
        "/Instances/InstanceGroups|[{'InstanceRole':'MASTER','InstanceType':'m6g.xlarge','InstanceCount':1}]",
        "/Instances/InstanceFleets/0/InstanceFleetType|'WORKER'",
        "/Instances/InstanceFleets/1/InstanceTypeConfigs|-",
        "/BootstrapActions|[{'Name':'x'}]",
        "/KerberosAttributes|{'Realm':'R'}",
        "/ManagedScalingPolicy|{}",
        "/AutoTerminationPolicy|{'IdleTimeout':1}"
      })
  void what_emr_refuses_is_left_to_emr(String pointer, String json) {
    assertThat(problems(EditedJson.of(FLEETS).with(pointer, json))).isEmpty();
  }

  private static List<String> problems(EditedJson request) {
    return problems(request, Duration.ofMinutes(30));
  }

  /** Without what they all begin with. */
  private static List<String> problems(EditedJson request, Duration startDeadline) {
    List<Problem> problems =
        Ladder.of(
                new SimpleSettings(Map.of(), "s3://curated/_work/logs/", Map.of()),
                List.of(
                    new Rung(
                        "cluster",
                        Optional.of(new RequestFile("emr.json", request.text())),
                        new Machines(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty()))),
                startDeadline)
            .problems();
    assertThat(problems)
        .allSatisfy(
            problem -> {
              assertThat(problem.property()).isEqualTo("cluster.request");
              assertThat(problem.text()).startsWith("(emr.json): ");
            });
    return problems.stream().map(p -> p.text().substring("(emr.json): ".length())).toList();
  }
}
