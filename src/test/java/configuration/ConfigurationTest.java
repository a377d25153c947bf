package configuration;

import static configuration.Reading.pipeline;
import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aws.RegionChain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.Pipeline;
import pipeline.Pipelines;
import testing.Configuration;

/** The whole configuration: all pipelines, and what is not of a pipeline. */
class ConfigurationTest {

  @Test
  void three_mistakes_are_reported_together() {
    Configuration configuration =
        Configuration.ofPipeline("x")
            .without("pipelines.x.landing.bucket")
            .with("pipelines.x.batch.max-objects", "many")
            .with("pipelines.x.clutser.core-count", "2");

    assertThatThrownBy(() -> pipeline(configuration))
        .isInstanceOf(InvalidConfiguration.class)
        .hasMessage(
            """
            Cannot start: the configuration has 3 problems:
              - pipelines.x.landing.bucket is not set; name the bucket where objects land
              - pipelines.x.batch.max-objects is 'many'; write a whole number of at least 1
              - pipelines.x.clutser.core-count is not a property that this service knows; did you mean pipelines.x.cluster.core-count?""");
  }

  @Test
  void without_a_pipeline_the_lines_to_write_first_are_shown_and_are_enough() {
    Configuration none = Configuration.ofPipeline("x");
    List.of(
            "landing.bucket",
            "input.columns",
            "curated.bucket",
            "warehouse.database",
            "warehouse.table")
        .forEach(property -> none.without("pipelines.x." + property));

    String told = String.join("\n", problems(none));

    assertThat(told)
        .startsWith("pipelines.<name>.* is not set: there is no pipeline; describe one in config/");
    Configuration first = none;
    for (String line : told.lines().map(String::strip).toList()) {
      if (line.matches("pipelines\\.sales\\..*=.*")) {
        String[] written = line.split("=", 2);
        first =
            first.with(
                written[0],
                written[1].startsWith("<") ? written[0].split("\\.", -1)[2] : written[1]);
      }
    }
    assertThat(Reading.of(first.config()).pipelines.find("sales")).isPresent();
    assertThat(problems(first.with("pipelines.sales.enabled", "false")))
        .containsExactly(
            "pipelines.<name>.enabled is false for every pipeline; switch one on, or describe another");
  }

  @Test
  void mistakes_of_two_pipelines_are_reported_together() {
    Configuration configuration =
        Configuration.ofPipeline("a")
            .withPipeline("b")
            .with("pipelines.a.input.format", "xml")
            .with("pipelines.b.input.format", "pdf");

    assertThat(problems(configuration))
        .hasSize(2)
        .anyMatch(line -> line.startsWith("pipelines.a.input.format"))
        .anyMatch(line -> line.startsWith("pipelines.b.input.format"));
  }

  @Test
  void an_unknown_property_that_is_like_no_other_has_no_suggestion() {
    assertThat(problems(Configuration.ofPipeline("x").with("pipelines.x.colour", "red")))
        .containsExactly(
            "pipelines.x.colour is not a property that this service knows; docs/configuration.md lists them");
  }

  @ParameterizedTest
  @CsvSource({
    "aws.emr.endpont, aws.emr.endpoint",
    "aws.s3.endpoints, aws.s3.endpoint",
    "aws.sqs.enpoint, aws.sqs.endpoint",
    "aws.regoin, aws.region",
    "aws.call-time-out, aws.call-timeout",
    "sweeper.moed, sweeper.mode",
    "service.tik, service.tick",
    "services.tick, service.tick",
    "sweper.mode, sweeper.mode",
    "pipeline.x.landing.bucket, pipelines.x.landing.bucket",
    "landing.bucket, pipelines.<name>.landing.bucket",
    "cluster.core-count, pipelines.<name>.cluster.core-count"
  })
  void a_slip_is_refused_with_what_was_meant(String written, String meant) {
    assertThat(problems(Configuration.ofPipeline("x").with(written, "1")))
        .containsExactly(
            "%s is not a property that this service knows; did you mean %s?"
                .formatted(written, meant));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "aws.accessKeyId",
        "aws.secretAccessKey",
        "aws.s3UseUsEast1RegionalEndpoint",
        "aws.profile",
        "aws.sigv4a.signing.region.set",
        "awt.toolkit",
        "server.port",
        "quarkus.http.port"
      })
  void what_others_read_is_not_refused(String name) {
    assertThat(pipeline(Configuration.ofPipeline("x").with(name, "1"))).isNotNull();
  }

  @Test
  void variables_of_the_sdk_are_not_refused() {
    Map<String, String> environment =
        Map.of(
            "AWS_REGION", "eu-west-1",
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "key",
            "AWS_PROFILE", "work",
            "AWS_LAMBDA_FUNCTION_NAME", "f",
            "AWS_EMR_SOMETHING", "x");

    assertThat(
            Reading.of(Configuration.ofPipeline("x").without("aws.region").config(environment))
                .aws
                .region())
        .isEqualTo("eu-west-1");
  }

  @Test
  void two_pipelines_cannot_share_a_table_or_a_curated_prefix() {
    Configuration configuration =
        Configuration.ofPipeline("a")
            .withPipeline("b")
            .with("pipelines.a.warehouse.table", "flowers")
            .with("pipelines.b.warehouse.table", "FLOWERS")
            .with("pipelines.a.curated.prefix", "same/")
            .with("pipelines.b.curated.prefix", "same/");

    assertThat(problems(configuration))
        .containsExactly(
            "pipelines.b.warehouse.table LAKE.PUBLIC.FLOWERS is also that of pipeline a; give each its own",
            "pipelines.b.curated.prefix s3://curated/same/ is also that of pipeline a; give each its own");
  }

  @Test
  void names_that_differ_only_in_quotes_and_case_are_two_tables() {
    Configuration configuration =
        Configuration.ofPipeline("a")
            .withPipeline("b")
            .with("pipelines.a.warehouse.table", "flowers")
            .with("pipelines.b.warehouse.table", "\"flowers\"");

    assertThat(Reading.of(configuration.config()).pipelines.all()).hasSize(2);
  }

  @Test
  void a_service_without_a_pipeline_a_region_or_a_warehouse_does_not_start() {
    assertThat(problems(Configuration.empty()))
        .hasSize(4)
        .anyMatch(line -> line.startsWith("pipelines.<name>.* is not set"))
        .anyMatch(line -> line.startsWith("snowflake.authentication is not set, nor a property"))
        .anyMatch(line -> line.startsWith("aws.region is not set"))
        .anyMatch(line -> line.startsWith("snowflake.authentication is not set, nor a property"))
        .anyMatch(line -> line.startsWith("snowflake.url is not set; write jdbc:snowflake://"));
  }

  @Test
  void a_missing_region_is_a_problem() {
    assertThat(problems(Configuration.ofPipeline("x").without("aws.region")))
        .containsExactly(
            "aws.region is not set, and the AWS SDK finds none in the environment, in a profile or on EC2; write the region of the buckets and clusters, for instance eu-central-1");
  }

  @Test
  void a_region_that_the_sdk_finds_serves() {
    configuration.Configuration found =
        new configuration.Configuration(
            Configuration.ofPipeline("x").without("aws.region").config(),
            new RegionChain(() -> Optional.of("eu-west-1")));

    assertThat(found.aws.region()).isEqualTo("eu-west-1");
  }

  @Test
  void the_sdk_is_asked_for_no_region_where_there_is_one() {
    RegionChain slow =
        new RegionChain(
            () -> {
              throw new AssertionError("EC2's metadata is asked");
            });

    assertThat(
            new configuration.Configuration(Configuration.ofPipeline("x").config(), slow)
                .aws.region())
        .isEqualTo("eu-central-1");
  }

  @ParameterizedTest
  @CsvSource({
    "emr-events",
    "arn:aws:sqs:eu-central-1:111122223333:emr-events",
    "sqs://sqs.eu-central-1.amazonaws.com/111122223333/emr-events",
    "https://sqs.eu-central-1.amazonaws.com",
    "https://sqs.eu-central-1.amazonaws.com/",
    "https://sqs.eu-central-1.amazonaws.com/111122223333/emr events",
    "https://sqs.eu-central-1.amazonaws.com/111122223333/emr)&waitTimeSeconds=0"
  })
  void the_queue_of_the_events_is_given_by_its_url(String written) {
    Configuration configuration =
        Configuration.ofPipeline("x").with("aws.emr.events-queue-url", written);

    assertThat(problems(configuration))
        .containsExactly(
            "aws.emr.events-queue-url is '%s'; write the queue's URL, https://sqs.<region>.amazonaws.com/<account>/<queue>"
                .formatted(written));
  }

  @Test
  void each_queue_has_one_use() {
    String url = "https://sqs.eu-central-1.amazonaws.com/111122223333/events";

    assertThat(
            problems(
                Configuration.ofPipeline("x")
                    .with("aws.emr.events-queue-url", url)
                    .with("aws.s3.events-queue-url", url)
                    .with("aws.s3.events-dead-letter-queue-url", url)))
        .containsExactly(
            "aws.s3.events-queue-url is the queue of EMR's events too; give each a queue of its own",
            "aws.s3.events-dead-letter-queue-url is a queue of events too; give what is none a queue of its own");
    assertThat(
            problems(
                Configuration.ofPipeline("x").with("aws.s3.events-dead-letter-queue-url", url)))
        .containsExactly(
            "aws.s3.events-dead-letter-queue-url has no use without aws.s3.events-queue-url; write that too, or leave this out");
  }

  @Test
  void an_object_belongs_to_each_pipeline_whose_prefix_its_key_begins_with() {
    Pipelines pipelines =
        Reading.of(
                Configuration.ofPipeline("x")
                    .withPipeline("y")
                    .with("pipelines.x.landing.bucket", "landing")
                    .with("pipelines.x.landing.prefix", "in/")
                    .with("pipelines.y.landing.bucket", "landing")
                    .with("pipelines.y.landing.prefix", "in/y")
                    .config())
            .pipelines;

    assertThat(pipelines.landing("landing", "in/y.csv"))
        .extracting(Pipeline::name)
        .containsExactly("x", "y");
    assertThat(pipelines.landing("landing", "in/x.csv"))
        .extracting(Pipeline::name)
        .containsExactly("x");
    assertThat(pipelines.landing("landing", "/in/x.csv")).isEmpty();
    assertThat(pipelines.landing("other", "in/y.csv")).isEmpty();
  }

  @Test
  void pipelines_are_found_by_name_and_stand_in_its_order() {
    Pipelines pipelines =
        Reading.of(Configuration.ofPipeline("b").withPipeline("a").config()).pipelines;

    assertThat(pipelines.all()).extracting(Pipeline::name).containsExactly("a", "b");
    assertThat(pipelines.find("b")).isPresent();
    assertThat(pipelines.find("c")).isEmpty();
  }
}
