package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.EditedJson;

/**
 * What EMR would refuse at the first launch, or what would keep a cluster from ending, is refused
 * at start.
 */
class RequestRefusalTest {

  private static final String FLEETS = "cluster/requests/fleets.json";
  private static final String GROUPS = "cluster/requests/groups.json";
  private static final String SOFTWARE = "cluster/requests/software.json";

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
        "/ReleaseLabel|'emr7'|ReleaseLabel is 'emr7'; write a release of EMR, for instance emr-7.13.0",
        "/AmiVersion|'3.11.0'|AmiVersion is for releases before 4.0, which cannot run the Spark job; take it out and use ReleaseLabel",
        "/SupportedProducts|['mapr-m3']|SupportedProducts is for releases before 4.0, which cannot run the Spark job; take it out and use Applications",
        "/NewSupportedProducts|[{'Name':'spark'}]|NewSupportedProducts is for releases before 4.0, which cannot run the Spark job; take it out and use Applications",
        "/Instances/HadoopVersion|'2.4.0'|Instances.HadoopVersion is for releases before 4.0, which cannot run the Spark job; take it out and use ReleaseLabel",
        "/Applications|[{'Name':'Hive'}]|Applications lacks Spark, which the step needs; add {\"Name\": \"Spark\"}",
        "/Applications|[]|Applications lacks Spark, which the step needs; add {\"Name\": \"Spark\"}",
        "/LogUri|'s3://logs'|LogUri is 's3://logs'; write s3://bucket/prefix/",
        "/LogUri|'s3n://logs/'|LogUri is 's3n://logs/'; write s3://bucket/prefix/",
        "/AutoTerminationPolicy|{'IdleTimeout':59}|AutoTerminationPolicy.IdleTimeout is 59; write 60 to 604800",
        "/BootstrapActions|[{'ScriptBootstrapAction':{'Path':'s3://b/x'}}]|BootstrapActions[0].Name is missing; EMR needs it",
        "/BootstrapActions|[{'Name':'x'}]|BootstrapActions[0].ScriptBootstrapAction.Path is missing; EMR needs it",
        "/BootstrapActions|[{'Name':'x','ScriptBootstrapAction':{'Path':''}}]|BootstrapActions[0].ScriptBootstrapAction.Path is missing; EMR needs it",
        "/KerberosAttributes|{'Realm':'R','KdcAdminPassword':'p'}|KerberosAttributes needs a SecurityConfiguration that switches Kerberos on; add it",
        "/Tags/0|{'Value':'x'}|Tags[0].Key is missing; EMR needs it",
        "/Tags/0|{'Key':'AWS:x'}|Tags[0].Key begins with 'aws:', which AWS keeps for itself; choose another key",
        "/Tags/2|{'Key':'empty','Value':'x'}|Tags[2].Key is 'empty' a second time; keep one"
      })
  void software_is_checked(String pointer, String json, String problem) {
    assertThat(problems(EditedJson.of(FLEETS).with(pointer, json))).containsExactly(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/Instances/InstanceFleets|[{'InstanceFleetType':'MASTER','TargetOnDemandCapacity':1,'InstanceTypeConfigs':[{'InstanceType':'m6g.xlarge'}]}]|has InstanceGroups and InstanceFleets together; keep one of them",
        "/Instances/MasterInstanceType|'m6g.xlarge'|has InstanceGroups and MasterInstanceType, SlaveInstanceType and InstanceCount together; keep one of them",
        "/Instances/EmrManagedMasterSecurityGroup|-|has one of EmrManagedMasterSecurityGroup and EmrManagedSlaveSecurityGroup; EMR takes both or none",
        "/Instances/Ec2SubnetIds|['subnet-0a']|.Ec2SubnetIds does not go with instance groups; write Ec2SubnetId",
        "/Instances/Placement|{'AvailabilityZones':['eu-central-1a']}|.Placement.AvailabilityZones does not go with instance groups; write AvailabilityZone",
        "/Instances/InstanceGroups/0|-|.InstanceGroups has 0 with InstanceRole MASTER; a cluster has exactly one",
        "/Instances/InstanceGroups/1|{'InstanceRole':'MASTER','InstanceType':'m6g.xlarge','InstanceCount':1}|.InstanceGroups has 2 with InstanceRole MASTER; a cluster has exactly one",
        "/Instances/InstanceGroups/1|{'InstanceRole':'CORE','InstanceType':'m6g.xlarge','InstanceCount':1}|.InstanceGroups has 2 with InstanceRole CORE; a cluster has one at most",
        "/Instances/InstanceGroups/0/InstanceCount|3|.InstanceGroups[0].InstanceCount is 3; write 1: EMR protects several primary nodes from termination, the cluster would not end by itself",
        "/Instances/InstanceGroups/0/InstanceCount|0|.InstanceGroups[0].InstanceCount is 0; write 1",
        "/Instances/InstanceGroups/1/InstanceCount|-1|.InstanceGroups[1].InstanceCount is -1; write at least 0",
        "/Instances/InstanceGroups/1/InstanceCount|-|.InstanceGroups[1].InstanceCount is missing; EMR needs it",
        "/Instances/InstanceGroups/1/InstanceType|-|.InstanceGroups[1].InstanceType is missing; EMR needs it",
        "/Instances/InstanceGroups/1/InstanceRole|-|.InstanceGroups[1].InstanceRole is missing; EMR needs it",
        "/Instances/InstanceGroups/1/InstanceRole|'SLAVE'|.InstanceGroups[1].InstanceRole is 'SLAVE'; write one of CORE, MASTER, TASK",
        "/Instances/InstanceGroups/1/Market|'CHEAP'|.InstanceGroups[1].Market is 'CHEAP'; write one of ON_DEMAND, SPOT",
        "/Instances/InstanceGroups/1/Market|'ON_DEMAND'|.InstanceGroups[1].BidPrice is for Spot, but Market is ON_DEMAND; take it out, or write SPOT",
        "/Instances/InstanceGroups/1/BidPrice|'cheap'|.InstanceGroups[1].BidPrice is 'cheap'; write OnDemandPrice, or an amount in USD, for instance 0.25",
        "/Instances/InstanceGroups/1/EbsConfiguration/EbsBlockDeviceConfigs/0/VolumesPerInstance|0|.InstanceGroups[1].EbsConfiguration.EbsBlockDeviceConfigs[0].VolumesPerInstance is 0; write at least 1",
        "/Instances/InstanceGroups/1/EbsConfiguration/EbsBlockDeviceConfigs/0/VolumeSpecification|-|.InstanceGroups[1].EbsConfiguration.EbsBlockDeviceConfigs[0].VolumeSpecification is missing; EMR needs it",
        "/Instances/InstanceGroups/1/EbsConfiguration/EbsBlockDeviceConfigs/0/VolumeSpecification/VolumeType|-|.InstanceGroups[1].EbsConfiguration.EbsBlockDeviceConfigs[0].VolumeSpecification.VolumeType is missing; EMR needs it",
        "/Instances/InstanceGroups/1/EbsConfiguration/EbsBlockDeviceConfigs/0/VolumeSpecification/SizeInGB|0|.InstanceGroups[1].EbsConfiguration.EbsBlockDeviceConfigs[0].VolumeSpecification.SizeInGB is 0; write at least 1"
      })
  void groups_are_checked(String pointer, String json, String problem) {
    assertThat(problems(EditedJson.of(GROUPS).with(pointer, json)))
        .containsExactly("Instances" + (problem.startsWith(".") ? "" : " ") + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/Instances/Ec2SubnetId|'subnet-0a'|.Ec2SubnetId does not go with InstanceFleets; write Ec2SubnetIds",
        "/Instances/Placement|{'AvailabilityZone':'eu-central-1a'}|.Placement.AvailabilityZone does not go with InstanceFleets; write AvailabilityZones",
        "/Instances/InstanceFleets/0|-|.InstanceFleets has 0 with InstanceFleetType MASTER; a cluster has exactly one",
        "/Instances/InstanceFleets/1/InstanceFleetType|'MASTER'|.InstanceFleets[1].TargetOnDemandCapacity is 16; write 1: EMR protects several primary nodes from termination, the cluster would not end by itself",
        "/Instances/InstanceFleets/2|{'InstanceFleetType':'CORE','TargetOnDemandCapacity':1,'InstanceTypeConfigs':[{'InstanceType':'a'}]}|.InstanceFleets has 2 with InstanceFleetType CORE; a cluster has one at most",
        "/Instances/InstanceFleets/1/InstanceFleetType|-|.InstanceFleets[1].InstanceFleetType is missing; EMR needs it",
        "/Instances/InstanceFleets/1/InstanceFleetType|'WORKER'|.InstanceFleets[1].InstanceFleetType is 'WORKER'; write one of CORE, MASTER, TASK",
        "/Instances/InstanceFleets/0/TargetOnDemandCapacity|3|.InstanceFleets[0].TargetOnDemandCapacity is 3; write 1: EMR protects several primary nodes from termination, the cluster would not end by itself",
        "/Instances/InstanceFleets/0/TargetOnDemandCapacity|-|.InstanceFleets[0] asks for no capacity; write a TargetOnDemandCapacity or TargetSpotCapacity above 0",
        "/Instances/InstanceFleets/1/TargetOnDemandCapacity|-1|.InstanceFleets[1].TargetOnDemandCapacity is -1; write at least 0",
        "/Instances/InstanceFleets/0/InstanceTypeConfigs|-|.InstanceFleets[0].InstanceTypeConfigs is missing; name at least one InstanceType",
        "/Instances/InstanceFleets/1/InstanceTypeConfigs/0/InstanceType|-|.InstanceFleets[1].InstanceTypeConfigs[0].InstanceType is missing; EMR needs it",
        "/Instances/InstanceFleets/1/InstanceTypeConfigs/0/WeightedCapacity|0|.InstanceFleets[1].InstanceTypeConfigs[0].WeightedCapacity is 0; write at least 1",
        "/Instances/InstanceFleets/0/InstanceTypeConfigs/0/WeightedCapacity|2|.InstanceFleets[0].InstanceTypeConfigs[0].WeightedCapacity is 2; write 1",
        "/Instances/InstanceFleets/1/InstanceTypeConfigs/0/BidPrice|'0.2'|.InstanceFleets[1].InstanceTypeConfigs[0] has both BidPrice and BidPriceAsPercentageOfOnDemandPrice; keep one of them",
        "/Instances/InstanceFleets/1/InstanceTypeConfigs/1/BidPrice|'OnDemandPrice'|.InstanceFleets[1].InstanceTypeConfigs[1].BidPrice is 'OnDemandPrice'; write an amount in USD, for instance 0.25",
        "/Instances/InstanceFleets/1/InstanceTypeConfigs/0/BidPriceAsPercentageOfOnDemandPrice|0|.InstanceFleets[1].InstanceTypeConfigs[0].BidPriceAsPercentageOfOnDemandPrice is 0.0; write a percentage above 0, for instance 100",
        "/Instances/InstanceFleets/1/LaunchSpecifications/OnDemandSpecification/AllocationStrategy|-|.InstanceFleets[1].LaunchSpecifications.OnDemandSpecification.AllocationStrategy is missing; EMR needs it",
        "/Instances/InstanceFleets/1/ResizeSpecifications/SpotResizeSpecification/TimeoutDurationMinutes|4|.InstanceFleets[1].ResizeSpecifications.SpotResizeSpecification.TimeoutDurationMinutes is 4; write 5 to 10080",
        "/Instances/InstanceFleets/1/ResizeSpecifications/OnDemandResizeSpecification/TimeoutDurationMinutes|10081|.InstanceFleets[1].ResizeSpecifications.OnDemandResizeSpecification.TimeoutDurationMinutes is 10081; write 5 to 10080"
      })
  void fleets_are_checked(String pointer, String json, String problem) {
    assertThat(problems(EditedJson.of(FLEETS).with(pointer, json)))
        .contains("Instances" + problem)
        .allMatch(
            line ->
                line.startsWith("Instances.InstanceFleets") || line.equals("Instances" + problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/LaunchSpecifications|-|is missing; without its TimeoutDurationMinutes and TimeoutAction a cluster waits for Spot capacity without end",
        "/LaunchSpecifications/SpotSpecification|-|is missing; without its TimeoutDurationMinutes and TimeoutAction a cluster waits for Spot capacity without end",
        "/LaunchSpecifications/SpotSpecification/TimeoutDurationMinutes|-|.TimeoutDurationMinutes is missing; EMR needs it",
        "/LaunchSpecifications/SpotSpecification/TimeoutDurationMinutes|4|.TimeoutDurationMinutes is 4; write 5 to 1440",
        "/LaunchSpecifications/SpotSpecification/TimeoutAction|-|.TimeoutAction is missing; EMR needs it",
        "/LaunchSpecifications/SpotSpecification/TimeoutAction|'WAIT'|.TimeoutAction is 'WAIT'; write one of SWITCH_TO_ON_DEMAND, TERMINATE_CLUSTER",
        "/LaunchSpecifications/SpotSpecification/BlockDurationMinutes|60|.BlockDurationMinutes asks for a Spot block, which AWS has not offered since 2023; take it out",
        "/LaunchSpecifications/SpotSpecification/TimeoutDurationMinutes|30|.TimeoutDurationMinutes is 30, but the attempt is given up after 30m (cluster.start-deadline); write less, or make the deadline longer"
      })
  void spot_needs_an_end_to_its_waiting(String pointer, String json, String problem) {
    assertThat(problems(EditedJson.of(FLEETS).with("/Instances/InstanceFleets/1" + pointer, json)))
        .containsExactly(
            "Instances.InstanceFleets[1].LaunchSpecifications.SpotSpecification"
                + (problem.startsWith(".") ? "" : " ")
                + problem);
  }

  @Test
  void spot_may_wait_for_a_day_and_no_longer_where_the_attempt_does() {
    String timeout =
        "/Instances/InstanceFleets/1/LaunchSpecifications/SpotSpecification/TimeoutDurationMinutes";

    assertThat(problems(EditedJson.of(FLEETS).with(timeout, "1440"), Duration.ofDays(2))).isEmpty();
    assertThat(problems(EditedJson.of(FLEETS).with(timeout, "1441"), Duration.ofDays(2)))
        .containsExactly(
            "Instances.InstanceFleets[1].LaunchSpecifications.SpotSpecification.TimeoutDurationMinutes is 1441; write 5 to 1440");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "UnitType|'Instances'|.UnitType is Instances; with InstanceFleets write InstanceFleetUnits",
        "UnitType|'Nodes'|.UnitType is 'Nodes'; write one of InstanceFleetUnits, Instances, VCPU",
        "UnitType|-|.UnitType is missing; EMR needs it",
        "MinimumCapacityUnits|-|.MinimumCapacityUnits is missing; EMR needs it",
        "MinimumCapacityUnits|0|.MinimumCapacityUnits is 0; write at least 1",
        "MinimumCapacityUnits|65|.MinimumCapacityUnits is 65, above MaximumCapacityUnits, which is 64",
        "MaximumCapacityUnits|-|.MaximumCapacityUnits is missing; EMR needs it",
        "MaximumOnDemandCapacityUnits|65|.MaximumOnDemandCapacityUnits is 65, above MaximumCapacityUnits, which is 64",
        "MaximumCoreCapacityUnits|65|.MaximumCoreCapacityUnits is 65, above MaximumCapacityUnits, which is 64"
      })
  void the_limits_of_managed_scaling_go_together(String member, String json, String problem) {
    assertThat(
            problems(
                EditedJson.of(FLEETS).with("/ManagedScalingPolicy/ComputeLimits/" + member, json)))
        .containsExactly("ManagedScalingPolicy.ComputeLimits" + problem);
  }

  @Test
  void managed_scaling_needs_limits_and_goes_with_no_other_scaling() {
    assertThat(problems(EditedJson.of(GROUPS).with("/ManagedScalingPolicy", "{}")))
        .containsExactlyInAnyOrder(
            "ManagedScalingPolicy.ComputeLimits is missing; EMR needs it",
            "Instances.InstanceGroups[2].AutoScalingPolicy is there beside ManagedScalingPolicy; keep one");
  }

  @Test
  void scaling_by_rules_needs_a_role() {
    assertThat(problems(EditedJson.of(GROUPS).with("/AutoScalingRole", "-")))
        .containsExactly("AutoScalingRole is missing; a group with an AutoScalingPolicy needs it");
  }

  @Test
  void units_of_fleets_do_not_fit_groups() {
    EditedJson request =
        EditedJson.of(SOFTWARE)
            .with(
                "/ManagedScalingPolicy",
                "{'ComputeLimits':{'UnitType':'InstanceFleetUnits','MinimumCapacityUnits':1,'MaximumCapacityUnits':2}}");

    assertThat(problems(request))
        .containsExactly(
            "ManagedScalingPolicy.ComputeLimits.UnitType is InstanceFleetUnits; with instance groups write Instances or VCPU");
  }

  @Test
  void no_more_bootstrap_actions_than_emr_takes() {
    String action = "{'Name':'x','ScriptBootstrapAction':{'Path':'s3://b/x'}}";
    String actions = "[" + (action + ",").repeat(16) + action + "]";

    assertThat(problems(EditedJson.of(FLEETS).with("/BootstrapActions", actions)))
        .containsExactly("BootstrapActions has 17; EMR takes 16 at most");
  }

  @Test
  void no_more_instance_types_than_emr_takes() {
    String types = "/Instances/InstanceFleets/1/InstanceTypeConfigs";

    assertThat(problems(EditedJson.of(FLEETS).with(types, typeConfigs(31))))
        .containsExactly(
            "Instances.InstanceFleets[1].InstanceTypeConfigs has 31; EMR takes 30 at most");
    assertThat(problems(EditedJson.of(FLEETS).with(types, typeConfigs(30)))).isEmpty();
    assertThat(
            problems(
                EditedJson.of(FLEETS)
                    .with("/Instances/InstanceFleets/0/InstanceTypeConfigs", typeConfigs(6))))
        .containsExactly(
            "Instances.InstanceFleets[0].InstanceTypeConfigs has 6; without an AllocationStrategy in LaunchSpecifications EMR takes 5 at most");
  }

  @Test
  void the_old_form_of_three_members_is_known() {
    EditedJson old =
        EditedJson.of(SOFTWARE)
            .with(
                "/Instances",
                "{'MasterInstanceType':'m6g.xlarge','SlaveInstanceType':'m6g.xlarge','InstanceCount':3}");
    assertThat(problems(old)).isEmpty();
    assertThat(problems(old.with("/Instances/SlaveInstanceType", "-")))
        .containsExactly(
            "Instances needs MasterInstanceType, SlaveInstanceType and InstanceCount together; better, give it InstanceGroups");
    assertThat(problems(old.with("/Instances", "{'Ec2KeyName':'mine'}")))
        .containsExactly(
            "Instances asks for no machines; give it InstanceGroups or InstanceFleets");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    EditedJson request =
        EditedJson.of(FLEETS)
            .with("/Name", "'mine'")
            .with("/Nam", "'mine'")
            .with("/LogUri", "'logs'")
            .with("/EbsRootVolumeSize", "'big'")
            .with("/Tags/0", "{'Key':'aws:x'}");

    assertThat(problems(request))
        .hasSize(5)
        .anyMatch(line -> line.startsWith("Name is the service's own"))
        .anyMatch(line -> line.startsWith("Nam is not a member"))
        .anyMatch(line -> line.startsWith("LogUri is 'logs'"))
        .anyMatch(line -> line.startsWith("EbsRootVolumeSize is a text"))
        .anyMatch(line -> line.startsWith("Tags[0].Key begins with 'aws:'"));
  }

  @Test
  void a_misspelt_member_makes_no_further_problem_where_it_stands() {
    EditedJson request =
        EditedJson.of(GROUPS)
            .with("/Instances/InstanceGroups/0/InstanceRole", "-")
            .with("/Instances/InstanceGroups/0/InstanceRol", "'MASTER'")
            .with("/Instances/InstanceGroups/1/InstanceType", "-");

    assertThat(problems(request))
        .containsExactlyInAnyOrder(
            "Instances.InstanceGroups[0].InstanceRol is not a member that RunJobFlow knows; did you mean InstanceRole?",
            "Instances.InstanceGroups[1].InstanceType is missing; EMR needs it");
  }

  @Test
  void a_misspelt_member_hides_no_other_mistake_of_its_structure() {
    String fleet = "/Instances/InstanceFleets/1";
    EditedJson request =
        EditedJson.of(FLEETS)
            .with(fleet + "/Nme", "'core'")
            .with(fleet + "/TargetOnDemandCapacity", "-1")
            .with(fleet + "/LaunchSpecifications/SpotSpecification", "-")
            .with(fleet + "/InstanceTypeConfigs/0/InstanceType", "-")
            .with("/Instances/InstanceFleets/0/InstanceFleetType", "'TASK'");

    assertThat(problems(request))
        .containsExactlyInAnyOrder(
            "Instances.InstanceFleets[1].Nme is not a member that RunJobFlow knows; did you mean Name?",
            "Instances.InstanceFleets[1].TargetOnDemandCapacity is -1; write at least 0",
            "Instances.InstanceFleets[1].LaunchSpecifications.SpotSpecification is missing; without its TimeoutDurationMinutes and TimeoutAction a cluster waits for Spot capacity without end",
            "Instances.InstanceFleets[1].InstanceTypeConfigs[0].InstanceType is missing; EMR needs it",
            "Instances.InstanceFleets has 0 with InstanceFleetType MASTER; a cluster has exactly one");
  }

  @Test
  void a_primary_fleet_with_a_negative_capacity_and_too_many_nodes_has_both_mistakes() {
    EditedJson request =
        EditedJson.of(FLEETS)
            .with("/Instances/InstanceFleets/0/TargetOnDemandCapacity", "-1")
            .with("/Instances/InstanceFleets/0/TargetSpotCapacity", "2");

    assertThat(problems(request))
        .contains(
            "Instances.InstanceFleets[0].TargetOnDemandCapacity is -1; write at least 0",
            "Instances.InstanceFleets[0].TargetSpotCapacity is 2; write 1: EMR protects several primary nodes from termination, the cluster would not end by itself");
  }

  @Test
  void a_misspelt_capacity_is_not_told_a_second_time_as_missing() {
    EditedJson request =
        EditedJson.of(FLEETS)
            .with("/Instances/InstanceFleets/0/TargetOnDemandCapacity", "-")
            .with("/Instances/InstanceFleets/0/TargetOnDemandCapacty", "1");

    assertThat(problems(request))
        .containsExactly(
            "Instances.InstanceFleets[0].TargetOnDemandCapacty is not a member that RunJobFlow knows; did you mean TargetOnDemandCapacity?");
  }

  private static String typeConfigs(int count) {
    return "["
        + String.join(
            ",",
            IntStream.range(0, count).mapToObj(i -> "{'InstanceType':'t%d'}".formatted(i)).toList())
        + "]";
  }

  private static List<String> problems(EditedJson request) {
    return problems(request, Duration.ofMinutes(30));
  }

  /** Without what they all begin with. */
  private static List<String> problems(EditedJson request, Duration startDeadline) {
    List<Problem> problems =
        Ladder.of(
                new SimpleSettings(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    "s3://curated/_work/logs/",
                    Map.of()),
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
