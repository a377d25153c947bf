package cluster.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import cluster.step.SparkStep;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.MarketType;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.Tag;
import testing.EditedJson;
import testing.Iris;

class LadderTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String FLEETS = "cluster/requests/fleets.json";
  private static final String GROUPS = "cluster/requests/groups.json";
  private static final String SOFTWARE = "cluster/requests/software.json";

  private static final SimpleSettings NOTHING = simple(Map.of(), Map.of());
  private static final Machines NO_MACHINES = machines("-", "-", 0, null, "-");
  private static final Rung DEFAULTS = rung(1, NO_MACHINES);

  @Test
  void without_any_setting_there_is_one_rung_of_defaults() {
    assertThat(requests(NOTHING, DEFAULTS)).containsExactly(Iris.request().build());
  }

  @Test
  void simple_settings_make_one_primary_and_core_nodes() {
    RunJobFlowRequest template =
        requests(NOTHING, rung(1, machines("m7g.xlarge", "-", 4, Market.SPOT, "subnet-1"))).get(0);

    assertThat(template.instances().ec2SubnetId()).isEqualTo("subnet-1");
    assertThat(template.instances().instanceGroups())
        .extracting(
            InstanceGroupConfig::instanceRoleAsString,
            InstanceGroupConfig::instanceType,
            InstanceGroupConfig::instanceCount,
            InstanceGroupConfig::market)
        .containsExactly(
            tuple("MASTER", "m7g.xlarge", 1, null),
            tuple("CORE", "m7g.xlarge", 4, MarketType.SPOT));
  }

  /** What goes to EMR is the file, word for word, with what it leaves out and what is ours. */
  @ParameterizedTest
  @ValueSource(strings = {FLEETS, GROUPS, SOFTWARE})
  void a_file_goes_through_whole(String name) throws JsonProcessingException {
    EditedJson file = EditedJson.of(name);
    JsonNode asked = MAPPER.valueToTree(request(ladder(NOTHING, rung(1, file)), 0));

    assertThat(MAPPER.readTree(asked.toString())).isEqualTo(withOurs(file.tree()));
  }

  @Test
  void a_file_says_it_alone_and_simple_settings_fill_what_it_leaves_out() {
    RunJobFlowRequest template =
        requests(
                simple(Map.of("ReleaseLabel", "emr-7.12.0"), Map.of("cost-center", "4711")),
                new Rung(
                    "cluster",
                    Optional.of(file(EditedJson.of(SOFTWARE))),
                    machines("m7g.xlarge", "-", 2, null, "-")))
            .get(0);

    assertThat(template.releaseLabel()).isEqualTo("emr-7.12.0");
    assertThat(template.instances().instanceGroups()).hasSize(2);
    assertThat(template.bootstrapActions()).hasSize(1);
    assertThat(template.applications()).hasSize(2);
    assertThat(template.tags())
        .containsExactly(
            ClusterRequest.tag("team", "flowers"), ClusterRequest.tag("cost-center", "4711"));
  }

  @Test
  void what_file_and_property_both_say_is_refused_naming_both() {
    SimpleSettings everything =
        simple(
            Map.of(
                "ReleaseLabel", "emr-7.13.0",
                "ServiceRole", "a",
                "JobFlowRole", "b",
                "SecurityConfiguration", "c",
                "LogUri", "s3://d/"),
            Map.of("cost-center", "1"));
    Rung rung =
        new Rung(
            "cluster",
            Optional.of(file(EditedJson.of(FLEETS).with("/SecurityConfiguration", "'encrypted'"))),
            machines("m7g.xlarge", "r7g.xlarge", 2, Market.SPOT, "subnet-1"));

    assertThat(Ladder.of(everything, List.of(rung), Duration.ofMinutes(30)).problems())
        .extracting(problem -> problem.property() + " " + problem.text())
        .containsExactlyInAnyOrder(
            "cluster.request (1.json): ReleaseLabel is also given by cluster.release-label; keep one",
            "cluster.request (1.json): ServiceRole is also given by cluster.service-role; keep one",
            "cluster.request (1.json): JobFlowRole is also given by cluster.instance-profile; keep one",
            "cluster.request (1.json): SecurityConfiguration is also given by cluster.security-configuration; keep one",
            "cluster.request (1.json): LogUri is also given by cluster.log-uri; keep one",
            "cluster.request (1.json): Instances is also given by cluster.primary-type; keep one",
            "cluster.request (1.json): Instances is also given by cluster.core-type; keep one",
            "cluster.request (1.json): Instances is also given by cluster.core-count; keep one",
            "cluster.request (1.json): Instances is also given by cluster.market; keep one",
            "cluster.request (1.json): Instances is also given by cluster.subnet; keep one",
            "cluster.request (1.json): Tags: cost-center is also given by cluster.tags.cost-center; keep one");
  }

  @Test
  void a_rung_is_the_first_with_other_machines() {
    List<RunJobFlowRequest> rungs =
        requests(
            simple(Map.of("ReleaseLabel", "emr-7.12.0"), Map.of("team", "flowers")),
            rung(1, machines("m7g.xlarge", "-", 4, Market.SPOT, "subnet-1")),
            rung(2, machines("m6g.xlarge", "-", 0, null, "-")),
            rung(3, machines("-", "r7g.xlarge", 2, Market.ON_DEMAND, "subnet-2")));

    assertThat(rungs)
        .extracting(rung -> shown(rung))
        .containsExactly(
            "m7g.xlarge, 4 m7g.xlarge SPOT in subnet-1",
            "m6g.xlarge, 4 m6g.xlarge SPOT in subnet-1",
            "m7g.xlarge, 2 r7g.xlarge null in subnet-2");
    assertThat(rungs)
        .allSatisfy(
            rung -> {
              assertThat(rung.releaseLabel()).isEqualTo("emr-7.12.0");
              assertThat(rung.tags()).containsExactly(ClusterRequest.tag("team", "flowers"));
            });
  }

  @Test
  void a_rung_can_be_a_file_of_its_own() {
    List<RunJobFlowRequest> rungs =
        requests(
            simple(Map.of("ReleaseLabel", "emr-7.13.0"), Map.of("team", "flowers", "empty", "no")),
            rung(1, machines("m7g.xlarge", "-", 4, Market.SPOT, "-")),
            rung(2, EditedJson.of(FLEETS).with("/LogUri", "-")));

    assertThat(rungs.get(0).instances().hasInstanceFleets()).isFalse();
    assertThat(rungs.get(1).instances().instanceFleets()).hasSize(2);
    assertThat(rungs.get(1).releaseLabel()).isEqualTo("emr-7.12.0");
    assertThat(rungs.get(1).logUri()).isEqualTo("s3://curated/_work/logs/");
    assertThat(rungs.get(1).tags())
        .extracting(Tag::key, Tag::value)
        .contains(tuple("empty", ""), tuple("team", "flowers"))
        .hasSize(3);
  }

  @Test
  void a_file_of_groups_or_fleets_can_move_to_another_subnet() {
    Rung moved = rung(2, machines("-", "-", 0, null, "subnet-9"));

    assertThat(requests(NOTHING, rung(1, EditedJson.of(GROUPS)), moved).get(1).instances())
        .satisfies(
            instances -> {
              assertThat(instances.ec2SubnetId()).isEqualTo("subnet-9");
              assertThat(instances.instanceGroups()).hasSize(3);
            });
    assertThat(requests(NOTHING, rung(1, EditedJson.of(FLEETS)), moved).get(1).instances())
        .satisfies(
            instances -> {
              assertThat(instances.ec2SubnetIds()).containsExactly("subnet-9");
              assertThat(instances.ec2SubnetId()).isNull();
            });
  }

  @Test
  void the_machines_of_a_file_cannot_be_changed_by_simple_settings() {
    assertThat(
            problems(
                rung(1, EditedJson.of(FLEETS)),
                rung(2, machines("m7g.xlarge", "-", 4, Market.SPOT, "subnet-9"))))
        .containsExactly(
            "cluster.ladder.2.primary-type cannot change the machines in 1.json; name a file for this rung too, as cluster.ladder.2.request",
            "cluster.ladder.2.core-count cannot change the machines in 1.json; name a file for this rung too, as cluster.ladder.2.request",
            "cluster.ladder.2.market cannot change the machines in 1.json; name a file for this rung too, as cluster.ladder.2.request");
  }

  @Test
  void a_file_without_machines_can_be_given_others() {
    List<RunJobFlowRequest> rungs =
        requests(
            NOTHING,
            rung(1, EditedJson.of(SOFTWARE)),
            rung(2, machines("m7g.xlarge", "-", 0, null, "-")));

    assertThat(shown(rungs.get(0))).startsWith("m6g.xlarge");
    assertThat(shown(rungs.get(1))).startsWith("m7g.xlarge");
    assertThat(rungs.get(1).bootstrapActions()).isEqualTo(rungs.get(0).bootstrapActions());
  }

  @Test
  void the_file_of_a_rung_says_everything_of_it() {
    assertThat(
            problems(
                DEFAULTS,
                new Rung(
                    "cluster.ladder.2",
                    Optional.of(file(EditedJson.of(SOFTWARE).with("/LogUri", "'s3://elsewhere/'"))),
                    machines("m7g.xlarge", "-", 0, null, "-"))))
        .containsExactly(
            "cluster.ladder.2.primary-type is set beside cluster.ladder.2.request, which says everything of this rung; keep one",
            "cluster.ladder.2.request (1.json): Instances is missing; the file of a rung says which machines it asks for",
            "cluster.ladder.2.request (1.json): LogUri is not that of the first rung, s3://curated/_work/logs/; a pipeline's logs are in one place, leave it out");
  }

  @Test
  void every_file_of_a_ladder_is_checked() {
    assertThat(
            problems(
                rung(1, EditedJson.of(FLEETS).with("/Name", "'mine'")),
                rung(2, EditedJson.of(FLEETS).with("/Nam", "'mine'"))))
        .containsExactly(
            "cluster.request (1.json): Name is the service's own (by its name a cluster is found again after a lost answer); take it out",
            "cluster.ladder.2.request (2.json): Nam is not a member that RunJobFlow knows; did you mean Name?");
  }

  @Test
  void spot_for_no_node_is_told_once_where_it_begins() {
    Machines spot = machines("-", "-", 0, Market.SPOT, "-");

    assertThat(problems(rung(1, spot), rung(2, machines("m7g.xlarge", "-", 0, null, "-"))))
        .containsExactly(
            "cluster.market is spot, but only core nodes are bought so and there is none; set core-count to 1 or more");
    assertThat(problems(DEFAULTS, rung(2, spot)))
        .containsExactly(
            "cluster.ladder.2.market is spot, but only core nodes are bought so and there is none; set core-count to 1 or more");
  }

  @Test
  void a_log_uri_that_is_none_is_told_with_its_property() {
    assertThat(
            Ladder.of(
                    simple(Map.of("LogUri", "s3://logs"), Map.of()),
                    List.of(DEFAULTS),
                    Duration.ofMinutes(30))
                .problems())
        .containsExactly(
            new Problem("cluster.log-uri", "is 's3://logs'; write s3://bucket/prefix/"));
  }

  @Test
  void a_rung_knows_the_properties_that_it_comes_from() {
    Ladder ladder =
        ladder(
            NOTHING,
            rung(1, EditedJson.of(FLEETS)),
            rung(2, machines("-", "-", 0, null, "subnet-9")),
            rung(3, EditedJson.of(FLEETS).with("/LogUri", "-")));

    assertThat(ladder.rungs())
        .extracting(Template::properties)
        .containsExactly(
            List.of("cluster.request (1.json)", "cluster.*"),
            List.of("cluster.ladder.2.*", "cluster.request (1.json)", "cluster.*"),
            List.of("cluster.ladder.3.request (3.json)", "cluster.*"));
    assertThat(ladder(NOTHING, DEFAULTS).rungs().get(0).properties()).containsExactly("cluster.*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|The supplied release label is invalid: emr-7.99.0.|[cluster.release-label]",
        "0|Invalid InstanceProfile: EMR_EC2_DefaultRole|[cluster.instance-profile]",
        "0|arn:aws:iam::1:role/EMR_DefaultRole is not authorized|[cluster.service-role]",
        "0|The instance type 'm7g.xlarge' is unknown|[cluster.primary-type]",
        "1|The instance type 'm7g.xlarge' is unknown|[cluster.primary-type]",
        "1|The instance type 'r7g.xlarge' is unknown|[cluster.ladder.2.core-type]",
        "1|The subnet ID subnet-2 does not exist|[cluster.ladder.2.subnet]",
        "1|The subnet ID subnet-22 does not exist|[]",
        "2|The instance type 'm7g.xlarge' is unknown|[]",
        "2|Invalid InstanceProfile: EMR_EC2_DefaultRole|[cluster.instance-profile]",
        "0|The request is not valid|[]"
      })
  void a_rung_knows_which_property_has_the_value_that_emr_quotes(
      int rung, String words, String properties) {
    Ladder ladder =
        ladder(
            simple(Map.of("ReleaseLabel", "emr-7.99.0"), Map.of()),
            rung(1, machines("m7g.xlarge", "-", 4, null, "subnet-1")),
            rung(2, machines("-", "r7g.xlarge", 0, null, "subnet-2")),
            rung(3, EditedJson.of(FLEETS).with("/LogUri", "-").with("/JobFlowRole", "-")));

    assertThat(ladder.rungs().get(rung).quotedIn(words)).hasToString(properties);
  }

  @Test
  void a_file_shows_its_name_only() {
    assertThat(new RequestFile("emr.json", "{\"KdcAdminPassword\":\"hunter2\"}"))
        .hasToString("emr.json");
  }

  private static String shown(RunJobFlowRequest request) {
    List<InstanceGroupConfig> groups = request.instances().instanceGroups();
    return groups.size() == 1
        ? groups.get(0).instanceType()
        : "%s, %d %s %s in %s"
            .formatted(
                groups.get(0).instanceType(),
                groups.get(1).instanceCount(),
                groups.get(1).instanceType(),
                groups.get(1).marketAsString(),
                request.instances().ec2SubnetId());
  }

  private static List<RunJobFlowRequest> requests(SimpleSettings simple, Rung... rungs) {
    return ladder(simple, rungs).rungs().stream().map(Template::request).toList();
  }

  private static Ladder ladder(SimpleSettings simple, Rung... rungs) {
    Ladder ladder = Ladder.of(simple, Arrays.asList(rungs), Duration.ofMinutes(30));
    assertThat(ladder.problems()).isEmpty();
    return ladder;
  }

  private static List<String> problems(Rung... rungs) {
    return Ladder.of(NOTHING, Arrays.asList(rungs), Duration.ofMinutes(30)).problems().stream()
        .map(problem -> problem.property() + " " + problem.text())
        .toList();
  }

  private static Map<String, Object> request(Ladder ladder, int rung) {
    return RequestJson.of(
        ClusterRequest.of(
            Iris.onRung(rung),
            Iris.OWNER,
            "iris",
            Iris.cluster(
                ladder.rungs().stream().map(Template::request).toArray(RunJobFlowRequest[]::new)),
            List.of(new SparkStep("s3://jar", "Main", "s3://manifest", "s3://job"))));
  }

  private static JsonNode withOurs(JsonNode file) {
    ObjectNode whole = file.deepCopy();
    JsonNode defaults = MAPPER.valueToTree(request(ladder(NOTHING, DEFAULTS), 0));
    defaults
        .properties()
        .forEach(
            member -> {
              if (!whole.has(member.getKey())) {
                whole.set(member.getKey(), member.getValue());
              }
            });
    ObjectNode instances = (ObjectNode) whole.get("Instances");
    instances.put("KeepJobFlowAliveWhenNoSteps", false).put("TerminationProtected", false);
    ArrayNode tags = (ArrayNode) defaults.get("Tags").deepCopy();
    file.path("Tags").forEach(tags::add);
    whole.set("Tags", tags);
    return whole;
  }

  private static SimpleSettings simple(Map<String, String> members, Map<String, String> tags) {
    return new SimpleSettings(members, "s3://curated/_work/logs/", tags);
  }

  private static Rung rung(int number, Machines machines) {
    return new Rung(property(number), Optional.empty(), machines);
  }

  private static Rung rung(int number, EditedJson file) {
    return new Rung(
        property(number), Optional.of(new RequestFile(number + ".json", file.text())), NO_MACHINES);
  }

  private static String property(int number) {
    return number == 1 ? "cluster" : "cluster.ladder." + number;
  }

  private static RequestFile file(EditedJson file) {
    return new RequestFile("1.json", file.text());
  }

  /** A dash, no number and null stand for what nobody wrote. */
  private static Machines machines(
      String primary, String core, int count, Market market, String subnet) {
    return new Machines(
        Optional.of(primary).filter(type -> !type.equals("-")),
        Optional.of(core).filter(type -> !type.equals("-")),
        Optional.of(count).filter(number -> number > 0),
        Optional.ofNullable(market),
        Optional.of(subnet).filter(id -> !id.equals("-")));
  }
}
