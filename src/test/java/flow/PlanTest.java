package flow;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.step.OwnStep;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import contract.ContractJson;
import contract.JobDescription;
import curated.CuratedSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.Pipeline;
import pipeline.Steps;
import testing.Iris;
import testing.Models;
import testing.Resource;

class PlanTest {

  private static final StagedKeys STAGED =
      new StagedKeys("eu-central-1", "_work/jobs/spark-job-HASH.jar", "_work/jobs/ingest-HASH.sh");
  private static final JsonMapper PLAIN = new JsonMapper();

  @Test
  void a_plan_shows_what_every_rung_of_the_ladder_would_ask_for() {
    Plan plan = Plan.of(Iris.pipelineOfTwoRungs(), "test", STAGED, Iris.NOON);

    assertThat(plan.furtherRungs())
        .singleElement()
        .satisfies(rung -> assertThat(rung.get("Name")).asString().endsWith("attempt-2"));
  }

  @Test
  void the_plan_of_iris_is_the_golden_one() throws JsonProcessingException {
    String plan = ContractJson.write(Plan.of(Iris.pipeline(), "test", STAGED, Iris.NOON));

    assertThat(PLAIN.readTree(plan).toPrettyString())
        .isEqualTo(PLAIN.readTree(Resource.text("flow/iris-plan.json")).toPrettyString());
  }

  @Test
  void a_plan_without_a_transform_shows_the_declared_columns() {
    Plan plan = Plan.of(withoutTransform(Iris.pipeline()), "test", STAGED, Iris.NOON);

    assertThat(plan.columns()).isEqualTo("as declared in input.columns");
    assertThat(String.join("\n", plan.sql()))
        .contains("\"SEPAL_LENGTH\" DOUBLE")
        .doesNotContain("COLUMNS_OF_THE_JOB_RESULT");
  }

  @Test
  void steps_of_the_user_s_own_are_shown_as_they_would_be_sent_in_their_order() {
    OwnStep first =
        new OwnStep.Program(
            "a.py", "s3://c/a.py", Optional.empty(), List.of("{manifest}", "{run}-{attempt}"));
    OwnStep second =
        new OwnStep.Program("b.jar", "s3://c/b.jar", Optional.of("B"), List.of("{output}"));

    Plan plan =
        Plan.of(
            Models.with(new Steps(List.of(first, second), List.of()), Iris.pipeline()),
            "test",
            STAGED,
            Iris.NOON);

    assertThat(plan.jobDescription()).isEmpty();
    assertThat(plan.columns()).startsWith("a result file of your steps defines them");
    assertThat(plan.runJobFlow().get("Steps").toString())
        .containsSubsequence(
            "s3://c/a.py, s3://curated/_work/iris/run=r-20261122T120000-000000/manifest.json,",
            " r-20261122T120000-000000-1]",
            "--class, B, s3://c/b.jar, s3://curated/iris/run=r-20261122T120000-000000/attempt=1/]")
        .doesNotContain("sparkjob");
  }

  @Test
  void planning_twice_gives_the_same() {
    assertThat(Plan.of(Iris.pipeline(), "test", STAGED, Iris.NOON))
        .isEqualTo(Plan.of(Iris.pipeline(), "test", STAGED, Iris.NOON));
  }

  @Test
  void attempts_share_the_manifest_and_nothing_that_is_written() {
    JobDescription first = RunRequests.jobDescription(Iris.pipeline(), Iris.RUN, 1);
    JobDescription second = RunRequests.jobDescription(Iris.pipeline(), Iris.RUN, 2);

    assertThat(first.output().uri()).endsWith("/attempt=1/");
    assertThat(second.output().uri()).endsWith("/attempt=2/");
    assertThat(first.result()).isNotEqualTo(second.result());
    assertThat(first.rejected().uri()).isNotEqualTo(second.rejected().uri());
  }

  @Test
  void what_service_and_job_exchange_lies_outside_of_every_table() {
    Pipeline pipeline = Iris.pipeline();
    JobDescription job = RunRequests.jobDescription(pipeline, Iris.RUN, 1);

    assertThat(job.output().uri()).startsWith(pipeline.curatedUri());
    assertThat(job.result().uri()).doesNotStartWith(pipeline.curatedUri());
    assertThat(job.rejected().uri()).doesNotStartWith(pipeline.curatedUri());
  }

  @Test
  void a_target_size_is_sent_instead_of_a_number_of_files() {
    Pipeline iris = Iris.pipeline();
    Pipeline sized =
        Models.pipeline(
            iris.name(),
            iris.landing(),
            iris.batch(),
            iris.input(),
            iris.transform(),
            iris.checks(),
            new CuratedSettings(
                "curated",
                "iris/",
                Optional.empty(),
                Optional.of(1L << 27),
                List.of(),
                Optional.empty()),
            iris.cluster(),
            iris.warehouse());

    assertThat(RunRequests.jobDescription(sized, Iris.RUN, 1).output().targetFileBytes())
        .contains(1L << 27);
  }

  @Test
  void folders_are_partition_columns_of_the_table_although_their_types_are_not_known_yet() {
    Pipeline iris = Iris.pipeline();
    Pipeline partitioned =
        Models.pipeline(
            iris.name(),
            iris.landing(),
            iris.batch(),
            iris.input(),
            iris.transform(),
            iris.checks(),
            new CuratedSettings(
                "curated",
                "iris/",
                Optional.of(1),
                Optional.empty(),
                List.of("CLASS_NAME"),
                Optional.empty()),
            iris.cluster(),
            iris.warehouse());

    Plan plan = Plan.of(partitioned, "test", STAGED, Iris.NOON);

    assertThat(plan.jobDescription().orElseThrow().output().partitionBy())
        .containsExactly("CLASS_NAME");
    assertThat(plan.sql())
        .anySatisfy(sql -> assertThat(sql).contains("PARTITION BY (\"RUN_ID\", \"CLASS_NAME\")"));
  }

  @Test
  void the_request_names_installation_pipeline_run_and_attempt() {
    Map<String, Object> request = Plan.of(Iris.pipeline(), "test", STAGED, Iris.NOON).runJobFlow();

    assertThat(request).containsEntry("Name", "test iris r-20261122T120000-000000 attempt-1");
  }

  @Test
  void a_pipeline_that_ingests_has_a_step_before_the_transform_which_reads_the_attempt_s_manifest()
      throws JsonProcessingException {
    String request =
        PLAIN.writeValueAsString(
            Plan.of(
                    Iris.ingesting(Models.ingest("https://example.com/a.csv?b=1", "a.csv", 9)),
                    "test",
                    STAGED,
                    Iris.NOON)
                .runJobFlow()
                .get("Steps"));

    assertThat(PLAIN.readTree(request).findValuesAsText("Name"))
        .containsExactly("ingest", "transform");
    assertThat(request)
        .contains(
            """
            {"Jar":"s3://eu-central-1.elasticmapreduce/libs/script-runner/script-runner.jar","Args":[\
            "s3://curated/_work/jobs/ingest-HASH.sh","https://example.com/a.csv?b=1",\
            "s3://landing/iris/_ingested/run=r-20261122T120000-000000/attempt=1/a.csv",\
            "s3://curated/_work/iris/run=r-20261122T120000-000000/attempt=1/manifest.json",\
            "iris","r-20261122T120000-000000","9","14400"]}""")
        .contains("TERMINATE_CLUSTER")
        .contains("/attempt=1/manifest.json\",\"s3://curated/_work/iris/run");
  }

  private static Pipeline withoutTransform(Pipeline pipeline) {
    return Models.pipeline(
        pipeline.name(),
        pipeline.landing(),
        pipeline.batch(),
        pipeline.input(),
        Optional.empty(),
        pipeline.checks(),
        pipeline.curated(),
        pipeline.cluster(),
        pipeline.warehouse());
  }
}
