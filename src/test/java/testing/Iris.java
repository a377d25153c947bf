package testing;

import batch.BatchLimits;
import batch.LandedObject;
import cluster.request.ClusterSettings;
import cluster.request.Owner;
import cluster.request.Template;
import cluster.step.OwnStep;
import contract.Column;
import contract.InputFormat;
import contract.JobDescription;
import contract.JobResult;
import contract.JobResult.CuratedFile;
import curated.CuratedSettings;
import ingest.IngestSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingSettings;
import pipeline.Pipeline;
import pipeline.Steps;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Run;
import run.RunId;
import run.StepState;
import run.StepStatus;
import software.amazon.awssdk.services.emr.model.Application;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import warehouse.ColumnNames;
import warehouse.Identifier;
import warehouse.ObjectName;
import warehouse.WarehouseSettings;

/** The iris pipeline, its run of one noon, and what EMR and the job may say of it. */
public final class Iris {

  /** When the run was created. */
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  public static final RunId RUN = new RunId("r-20261122T120000-00002a");
  public static final Owner OWNER = new Owner("test", "a-store");
  public static final String CLUSTER = "j-2AXXXXXXGAPLF";
  public static final String OUTPUT = "run=r-20261122T120000-00002a/attempt=1/";

  public static final List<Column> LANDED_COLUMNS =
      List.of(
          new Column("SEPAL_LENGTH", "double"),
          new Column("SEPAL_WIDTH", "double"),
          new Column("PETAL_LENGTH", "double"),
          new Column("PETAL_WIDTH", "double"),
          new Column("CLASS_NAME", "string"));

  public static final List<Column> CURATED_COLUMNS =
      List.of(new Column("CLASS_NAME", "string"), new Column("FLOWERS", "bigint"));

  private Iris() {}

  /** The pipeline as {@code application.properties} describes it. */
  public static Pipeline pipeline() {
    return Models.pipeline(
        "iris",
        Models.landing("landing", "iris/", Optional.empty(), false),
        new BatchLimits(1_000, 64L << 30, Duration.ZERO),
        new Pipeline.Input(
            InputFormat.CSV,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(LANDED_COLUMNS),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0.0),
        Optional.of(
            new JobDescription.Transform(
                List.of(),
                Optional.of(
                    "SELECT CLASS_NAME, COUNT(*) AS FLOWERS FROM landed GROUP BY CLASS_NAME"),
                Optional.empty(),
                Optional.empty())),
        List.of(),
        new CuratedSettings(
            "curated", "iris/", Optional.of(1), Optional.empty(), List.of(), Optional.empty()),
        cluster(),
        warehouse());
  }

  /** Its clusters: nothing but defaults. */
  public static ClusterSettings cluster() {
    return cluster(request().build());
  }

  /** Clusters of these rungs, and else nothing but defaults. */
  public static ClusterSettings cluster(RunJobFlowRequest... rungs) {
    return new ClusterSettings(
        Stream.of(rungs).map(Iris::template).toList(),
        Duration.ofHours(4),
        Duration.ofMinutes(30),
        Duration.ofMinutes(30),
        Duration.ofHours(5),
        3,
        Optional.empty(),
        Map.of());
  }

  /** A rung that simple properties say. */
  public static Template template(RunJobFlowRequest request) {
    Map<String, String> values = new HashMap<>();
    values.put("cluster.release-label", request.releaseLabel());
    values.put("cluster.service-role", request.serviceRole());
    values.put("cluster.instance-profile", request.jobFlowRole());
    values.put("cluster.log-uri", request.logUri());
    request.instances().instanceGroups().stream()
        .findFirst()
        .ifPresent(primary -> values.put("cluster.primary-type", primary.instanceType()));
    return new Template(request, values, List.of("cluster.*"));
  }

  /** What EMR is asked for, but for what is ours. */
  public static RunJobFlowRequest.Builder request() {
    return RunJobFlowRequest.builder()
        .releaseLabel("emr-7.13.0")
        .applications(Application.builder().name("Spark").build())
        .serviceRole("EMR_DefaultRole")
        .jobFlowRole("EMR_EC2_DefaultRole")
        .logUri("s3://curated/_work/logs/")
        .visibleToAllUsers(true)
        .instances(
            JobFlowInstancesConfig.builder()
                .instanceGroups(
                    InstanceGroupConfig.builder()
                        .name("primary")
                        .instanceRole("MASTER")
                        .instanceType("m6g.xlarge")
                        .instanceCount(1)
                        .build())
                .build());
  }

  /** Likewise where only what was last modified since then lands by itself. */
  public static Pipeline pipelineSince(Instant since) {
    return with(
        pipeline().batch(), landing(LandingSettings.OnOverwrite.LOAD_AGAIN, Optional.of(since)));
  }

  /** Likewise with those limits of its batches. */
  public static Pipeline pipeline(BatchLimits limits) {
    return with(limits, pipeline().landing());
  }

  /** Likewise with that done about overwritten objects too. */
  public static Pipeline pipeline(BatchLimits limits, LandingSettings.OnOverwrite onOverwrite) {
    return with(limits, landing(onOverwrite, Optional.empty()));
  }

  /** Likewise where content that was loaded is not loaded again. */
  public static Pipeline ignoringSameContent(BatchLimits limits) {
    LandingSettings iris = pipeline().landing();
    return with(
        limits,
        new LandingSettings(
            iris.bucket(),
            iris.prefix(),
            iris.filter(),
            iris.poll(),
            iris.acceptUnknownRuns(),
            iris.afterSuccess(),
            iris.archivePrefix(),
            iris.order(),
            iris.onOverwrite(),
            LandingSettings.OnSameContent.IGNORE,
            iris.since()));
  }

  private static LandingSettings landing(
      LandingSettings.OnOverwrite onOverwrite, Optional<Instant> since) {
    Duration poll = Duration.ofSeconds(30);
    return Models.landing(
        "landing",
        "iris/",
        poll,
        false,
        AfterSuccess.KEEP,
        Optional.empty(),
        KeyOrder.ANY,
        onOverwrite,
        since);
  }

  private static Pipeline with(BatchLimits limits, LandingSettings landing) {
    Pipeline iris = pipeline();
    return Models.pipeline(
        iris.name(),
        landing,
        limits,
        iris.input(),
        iris.transform(),
        iris.checks(),
        iris.curated(),
        iris.cluster(),
        iris.warehouse());
  }

  /** The pipeline with a second rung on its capacity ladder. */
  public static Pipeline pipelineOfTwoRungs() {
    Template rung = cluster().rungs().get(0);
    return with("iris", rungs(List.of(rung, rung), Optional.empty()));
  }

  /** The pipeline with core nodes that are bought on the Spot market. */
  public static Pipeline pipelineOnSpot() {
    RunJobFlowRequest.Builder request = request();
    InstanceGroupConfig primary = request.build().instances().instanceGroups().get(0);
    InstanceGroupConfig core =
        primary.toBuilder().name("core").instanceRole("CORE").market("SPOT").build();
    JobFlowInstancesConfig machines =
        JobFlowInstancesConfig.builder().instanceGroups(primary, core).build();
    return with(
        "iris", rungs(List.of(template(request.instances(machines).build())), Optional.empty()));
  }

  /** A pipeline like it, with that many clusters at once. */
  public static Pipeline pipeline(String name, Optional<Integer> maxAtOnce) {
    return with(name, rungs(cluster().rungs(), maxAtOnce));
  }

  /** The pipeline, but that its runs fetch their object themselves. */
  public static Pipeline ingesting(IngestSettings ingest) {
    Pipeline iris = pipeline();
    return new Pipeline(
        iris.name(),
        iris.landing(),
        iris.batch(),
        iris.input(),
        iris.transform(),
        iris.checks(),
        iris.curated(),
        iris.cluster(),
        iris.warehouse(),
        Optional.of(ingest),
        Optional.empty(),
        Steps.NONE);
  }

  /** The pipeline, but that the user's own program makes its rows. */
  public static Pipeline ownSteps() {
    OwnStep program =
        new OwnStep.Program("a.py", "s3://c/a.py", Optional.empty(), List.of("{output}"));
    return Models.with(new Steps(List.of(program), List.of()), pipeline());
  }

  /** The pipeline, but that its table shows every run and each run reads its own objects only. */
  public static Pipeline appending() {
    Pipeline iris = pipeline();
    WarehouseSettings whole = iris.warehouse();
    return Models.pipeline(
        iris.name(),
        iris.landing(),
        iris.batch(),
        iris.input(),
        iris.transform(),
        iris.checks(),
        iris.curated(),
        iris.cluster(),
        new WarehouseSettings(
            whole.name(),
            WarehouseSettings.Mode.APPEND,
            whole.manage(),
            whole.giveUpAfter(),
            whole.storageIntegration(),
            whole.stage(),
            whole.columns(),
            whole.columnNames(),
            whole.changes(),
            whole.readers(),
            whole.comment(),
            whole.firstRows(),
            whole.sql()));
  }

  /** The pipeline, but that its rows are written as they are. */
  public static Pipeline withoutTransform() {
    Pipeline iris = pipeline();
    return Models.pipeline(
        iris.name(),
        iris.landing(),
        iris.batch(),
        iris.input(),
        Optional.empty(),
        iris.checks(),
        iris.curated(),
        iris.cluster(),
        iris.warehouse());
  }

  private static Pipeline with(String name, ClusterSettings cluster) {
    Pipeline iris = pipeline();
    return Models.pipeline(
        name,
        iris.landing(),
        iris.batch(),
        iris.input(),
        iris.transform(),
        iris.checks(),
        iris.curated(),
        cluster,
        iris.warehouse());
  }

  private static ClusterSettings rungs(List<Template> rungs, Optional<Integer> maxAtOnce) {
    ClusterSettings cluster = cluster();
    return new ClusterSettings(
        rungs,
        cluster.stepDeadline(),
        cluster.startDeadline(),
        cluster.bootstrapDeadline(),
        cluster.maxAge(),
        cluster.maxAttempts(),
        maxAtOnce,
        cluster.sparkConf());
  }

  /** Its table. */
  public static WarehouseSettings warehouse() {
    return new WarehouseSettings(
        new ObjectName(
            new Identifier("S3_TO_SNOWFLAKE"),
            new Identifier("PUBLIC"),
            new Identifier("IRIS_DATASET")),
        WarehouseSettings.Mode.REPLACE,
        WarehouseSettings.Manage.EVERYTHING,
        Duration.ofHours(6),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ColumnNames.UPPER,
        new WarehouseSettings.Changes(
            WarehouseSettings.OnNewColumn.ADD,
            WarehouseSettings.OnChangedColumn.FAIL,
            WarehouseSettings.OnMissingColumn.FAIL),
        List.of(),
        Optional.empty(),
        new WarehouseSettings.FirstRows(5, Set.of()),
        List.of());
  }

  /** Its file. */
  public static LandedObject object(String key, long size, Instant at) {
    return new LandedObject("iris", "landing", key, "etag-of-" + key, size, at, at);
  }

  /** Its run, COLLECTED at noon with one object. */
  public static Run run() {
    return Run.collected(RUN, "iris", NOON, 1, 4_551);
  }

  /** The run's first attempt, of which nothing is known yet. */
  public static Attempt intended() {
    return intended(1, NOON);
  }

  /** An attempt of the run that was written down then. */
  public static Attempt intended(int number, Instant at) {
    return Attempt.intended(
        new Attempt.Intent(
            RUN,
            number,
            number - 1,
            "test iris r-20261122T120000-00002a attempt-" + number,
            cluster().logUri(),
            at,
            at.plus(cluster().maxAge())));
  }

  /** The run's first attempt, on that rung of the ladder. */
  public static Attempt onRung(int rung) {
    Attempt.Intent first = intended().intent();
    return Attempt.intended(
        new Attempt.Intent(
            first.run(),
            first.number(),
            rung,
            first.clusterName(),
            first.logUri(),
            first.intendedAt(),
            first.expiresAt()));
  }

  /** The run's first attempt with its cluster. */
  public static Attempt launched() {
    return intended().called(NOON).launched(CLUSTER);
  }

  /** A cluster in that state with these steps, for which EMR gives no reason. */
  public static ClusterStatus cluster(ClusterState state, StepStatus... steps) {
    return cluster(state, "", "", steps);
  }

  /** A cluster in that state, for that reason, with these steps. */
  public static ClusterStatus cluster(
      ClusterState state, String reasonCode, String reason, StepStatus... steps) {
    return new ClusterStatus(
        state,
        reasonCode,
        reason,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(steps));
  }

  /** The one step, cancelled before it began. */
  public static StepStatus unbegun() {
    return new StepStatus(
        "s-1", "transform", StepState.CANCELLED, "", Optional.empty(), Optional.empty());
  }

  /** The one step; if it has ended, it ran from minute 5 to minute 6 after noon. */
  public static StepStatus step(StepState state) {
    return step(state, Duration.ofMinutes(1));
  }

  /** The one step; if it has ended, it ran for so long from minute 5 after noon. */
  public static StepStatus step(StepState state, Duration ran) {
    Instant started = NOON.plus(Duration.ofMinutes(5));
    return new StepStatus(
        "s-1",
        "transform",
        state,
        "",
        Optional.of(started),
        state.isEnded() ? Optional.of(started.plus(ran)) : Optional.empty());
  }

  /** The job's word that all went well: 150 rows read, 3 written in one file. */
  public static JobResult result() {
    return new JobResult(
        1,
        "iris",
        RUN.value(),
        1,
        JobResult.Status.SUCCEEDED,
        Optional.empty(),
        new JobResult.Rows(150, 3, 0),
        CURATED_COLUMNS,
        List.of(),
        List.of(new CuratedFile("s3://curated/iris/" + OUTPUT + "part-00000.parquet", 1_023, 3)),
        JobResult.Details.NONE);
  }

  /** The job's word that it failed. */
  public static JobResult failedResult(JobResult.FailureCause cause, String... objects) {
    return new JobResult(
        1,
        "iris",
        RUN.value(),
        1,
        JobResult.Status.FAILED,
        Optional.of(new JobResult.JobFailure(cause, "80 of 150 rows", List.of(objects))),
        new JobResult.Rows(150, 0, 80),
        List.of(),
        List.of(),
        List.of(),
        JobResult.Details.NONE);
  }
}
