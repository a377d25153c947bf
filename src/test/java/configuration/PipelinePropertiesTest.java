package configuration;

import static configuration.Reading.pipeline;
import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import batch.BatchLimits;
import cluster.request.ClusterSettings;
import cluster.request.Template;
import contract.Column;
import contract.InputFormat;
import contract.JobDescription;
import contract.JobDescription.Check;
import contract.JobDescription.Severity;
import contract.JobDescription.Transform;
import contract.JobDescription.View;
import contract.MixedSchemas;
import curated.CuratedSettings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pipeline.Pipeline;
import software.amazon.awssdk.services.emr.model.InstanceGroupConfig;
import software.amazon.awssdk.services.emr.model.JobFlowInstancesConfig;
import software.amazon.awssdk.services.emr.model.Tag;
import testing.Configuration;
import testing.Iris;
import testing.Models;
import testing.Resource;
import warehouse.ColumnNames;
import warehouse.Identifier;
import warehouse.ObjectName;
import warehouse.WarehouseSettings;
import warehouse.WarehouseSettings.Changes;
import warehouse.WarehouseSettings.FirstRows;
import warehouse.WarehouseSettings.Manage;
import warehouse.WarehouseSettings.Mode;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/** What a pipeline's properties mean. */
class PipelinePropertiesTest {
  private static final Path IRIS =
      Path.of("local-cloud/src/main/resources/iris/pipelines.properties");

  @Test
  void a_pipeline_needs_five_properties_and_everything_else_has_a_default() {
    Pipeline pipeline = pipeline(Configuration.ofPipeline("daily-orders"));

    assertThat(pipeline)
        .isEqualTo(
            Models.pipeline(
                "daily-orders",
                Models.landing("landing", "daily-orders/", Optional.empty(), false),
                new BatchLimits(1_000, 64L << 30, Duration.ofMinutes(1)),
                new Pipeline.Input(
                    InputFormat.CSV,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(List.of(new Column("N", "int"))),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0.0),
                Optional.empty(),
                List.of(),
                new CuratedSettings(
                    "curated",
                    "daily-orders/",
                    Optional.empty(),
                    Optional.of(128L << 20),
                    List.of(),
                    Optional.empty()),
                Iris.cluster(),
                new WarehouseSettings(
                    new ObjectName(
                        new Identifier("LAKE"),
                        new Identifier("PUBLIC"),
                        new Identifier("DAILY_ORDERS")),
                    Mode.APPEND,
                    Manage.TABLE,
                    Duration.ofHours(6),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    ColumnNames.UPPER,
                    new Changes(OnNewColumn.ADD, OnChangedColumn.FAIL, OnMissingColumn.FAIL),
                    List.of(),
                    Optional.empty(),
                    new FirstRows(5, Set.of()),
                    List.of())));
  }

  @Test
  void every_property_reaches_its_place() {
    Configuration configuration =
        Configuration.ofPipeline("full")
            .with("pipelines.full.landing.bucket", "inbox")
            .with("pipelines.full.landing.prefix", "new/")
            .with("pipelines.full.landing.poll", "5m")
            .with("pipelines.full.batch.max-objects", "7")
            .with("pipelines.full.batch.max-bytes", "8")
            .with("pipelines.full.batch.max-wait", "9s")
            .with("pipelines.full.input.format", "csv")
            .with("pipelines.full.input.header", "true")
            .with("pipelines.full.input.delimiter", ";")
            .with("pipelines.full.input.quote", "'")
            .with("pipelines.full.input.escape", "\\")
            .with("pipelines.full.input.columns", "A int, \"b \"\"c\"\"\" Decimal( 10 , 2 )")
            .with("pipelines.full.input.on-mixed-schemas", "merge")
            .with("pipelines.full.input.encoding", "windows-1252")
            .with("pipelines.full.input.null-values", "NULL, \\N")
            .with("pipelines.full.input.date-format", "dd.MM.yyyy")
            .with("pipelines.full.input.timestamp-format", "dd.MM.yyyy HH:mm")
            .with("pipelines.full.input.time-zone", "Europe/Berlin")
            .with("pipelines.full.input.max-rejected-ratio", "0.25")
            .with("pipelines.full.transform.views", "cleaned, Daily_2")
            .with("pipelines.full.transform.view.cleaned.sql", "SELECT * FROM landed")
            .with("pipelines.full.transform.view.Daily_2.sql-file", "s3://sql/daily 2.sql")
            .with("pipelines.full.transform.sql-file", "classpath:sql/red-flowers.sql")
            .with("pipelines.full.transform.ansi", "false")
            .with("pipelines.full.checks.unique-ids", "SELECT 2")
            .with("pipelines.full.checks.unique-ids.severity", "warn")
            .with("pipelines.full.checks.a.sql-file", "s3://sql/a.sql")
            .with("pipelines.full.curated.bucket", "out")
            .with("pipelines.full.curated.prefix", "table/")
            .with("pipelines.full.curated.target-file-bytes", "1048576")
            .with("pipelines.full.curated.partition-by", "region, \"order day\"")
            .with("pipelines.full.curated.keep-for", "7d")
            .with("pipelines.full.cluster.release-label", "emr-spark-8.0.0")
            .with("pipelines.full.cluster.primary-type", "m7g.large")
            .with("pipelines.full.cluster.core-type", "r7g.large")
            .with("pipelines.full.cluster.core-count", "3")
            .with("pipelines.full.cluster.market", "spot")
            .with("pipelines.full.cluster.service-role", "service")
            .with("pipelines.full.cluster.instance-profile", "profile")
            .with("pipelines.full.cluster.subnet", "subnet-1")
            .with("pipelines.full.cluster.security-configuration", "secure")
            .with("pipelines.full.cluster.log-uri", "s3://logs/emr/")
            .with("pipelines.full.cluster.step-deadline", "30m")
            .with("pipelines.full.cluster.start-deadline", "10m")
            .with("pipelines.full.cluster.bootstrap-deadline", "20m")
            .with("pipelines.full.cluster.max-age", "45m")
            .with("pipelines.full.cluster.max-attempts", "5")
            .with("pipelines.full.cluster.max-at-once", "2")
            .with("pipelines.full.cluster.spark-conf.\"spark.executor.cores\"", "2")
            .with("pipelines.full.cluster.spark-conf.spark.executor.memory", "4g")
            .with("pipelines.full.cluster.tags.team", "flowers")
            .with("pipelines.full.warehouse.database", "lake")
            .with("pipelines.full.warehouse.schema", "\"Raw\"")
            .with("pipelines.full.warehouse.table", "full_table")
            .with("pipelines.full.warehouse.manage", "nothing")
            .with("pipelines.full.curated.mode", "replace")
            .with("pipelines.full.warehouse.give-up-after", "1h")
            .with("pipelines.full.warehouse.stage", "\"my.stages\".curated")
            .with("pipelines.full.warehouse.columns", "N bigint")
            .with("pipelines.full.warehouse.column-names", "as-is")
            .with("pipelines.full.warehouse.on-new-column", "ignore")
            .with("pipelines.full.warehouse.on-changed-column", "rebuild")
            .with("pipelines.full.warehouse.on-missing-column", "null")
            .with("pipelines.full.warehouse.grant-select-to", "analysts, \"a,b\"")
            .with("pipelines.full.warehouse.comment", "what it is")
            .with("pipelines.full.warehouse.first-rows", "0")
            .with("pipelines.full.warehouse.masked-columns", "email, \"phone\"");

    assertThat(pipeline(configuration))
        .isEqualTo(
            Models.pipeline(
                "full",
                Models.landing("inbox", "new/", Optional.of(Duration.ofMinutes(5)), false),
                new BatchLimits(7, 8, Duration.ofSeconds(9)),
                new Pipeline.Input(
                    InputFormat.CSV,
                    Optional.of(true),
                    Optional.of(";"),
                    Optional.of("'"),
                    Optional.of("\\"),
                    Optional.of(
                        List.of(new Column("A", "int"), new Column("b \"c\"", "decimal(10,2)"))),
                    Optional.empty(),
                    Optional.of(MixedSchemas.MERGE),
                    Optional.of(
                        new JobDescription.Forms(
                            Optional.of("windows-1252"),
                            Optional.of(List.of("NULL", "\\N")),
                            Optional.of("dd.MM.yyyy"),
                            Optional.of("dd.MM.yyyy HH:mm"),
                            Optional.of("Europe/Berlin"))),
                    0.25),
                Optional.of(
                    new Transform(
                        List.of(
                            new View(
                                "cleaned", Optional.of("SELECT * FROM landed"), Optional.empty()),
                            new View(
                                "Daily_2", Optional.empty(), Optional.of("s3://sql/daily 2.sql"))),
                        Optional.of(Resource.text("sql/red-flowers.sql")),
                        Optional.empty(),
                        Optional.of(false))),
                List.of(
                    new Check(
                        "a",
                        Optional.empty(),
                        Optional.of("s3://sql/a.sql"),
                        Severity.FAIL,
                        0,
                        List.of("EMAIL", "phone")),
                    new Check(
                        "unique-ids",
                        Optional.of("SELECT 2"),
                        Optional.empty(),
                        Severity.WARN,
                        0,
                        List.of("EMAIL", "phone"))),
                new CuratedSettings(
                    "out",
                    "table/",
                    Optional.empty(),
                    Optional.of(1L << 20),
                    List.of("REGION", "order day"),
                    Optional.of(Duration.ofDays(7))),
                new ClusterSettings(
                    List.of(
                        new Template(
                            Iris.request()
                                .releaseLabel("emr-spark-8.0.0")
                                .serviceRole("service")
                                .jobFlowRole("profile")
                                .securityConfiguration("secure")
                                .logUri("s3://logs/emr/")
                                .tags(Tag.builder().key("team").value("flowers").build())
                                .instances(spotInstances())
                                .build(),
                            Map.of(
                                "cluster.release-label", "emr-spark-8.0.0",
                                "cluster.service-role", "service",
                                "cluster.instance-profile", "profile",
                                "cluster.security-configuration", "secure",
                                "cluster.log-uri", "s3://logs/emr/",
                                "cluster.primary-type", "m7g.large",
                                "cluster.core-type", "r7g.large",
                                "cluster.subnet", "subnet-1"),
                            List.of("cluster.*"))),
                    Duration.ofMinutes(30),
                    Duration.ofMinutes(10),
                    Duration.ofMinutes(20),
                    Duration.ofMinutes(45),
                    5,
                    Optional.of(2),
                    Map.of("spark.executor.cores", "2", "spark.executor.memory", "4g")),
                new WarehouseSettings(
                    new ObjectName(
                        new Identifier("LAKE"),
                        new Identifier("Raw"),
                        new Identifier("FULL_TABLE")),
                    Mode.REPLACE,
                    Manage.NOTHING,
                    Duration.ofHours(1),
                    Optional.empty(),
                    Optional.of(
                        new ObjectName(
                            new Identifier("LAKE"),
                            new Identifier("my.stages"),
                            new Identifier("CURATED"))),
                    Optional.of(List.of(new Column("N", "bigint"))),
                    ColumnNames.AS_IS,
                    new Changes(OnNewColumn.IGNORE, OnChangedColumn.REBUILD, OnMissingColumn.NULL),
                    List.of(new Identifier("ANALYSTS"), new Identifier("a,b")),
                    Optional.of("what it is"),
                    new FirstRows(0, Set.of("EMAIL", "phone")),
                    List.of())));
  }

  @Test
  void a_declared_column_that_no_table_takes_is_refused_before_the_start() {
    assertThat(
            problems(
                Configuration.ofPipeline("orders")
                    .with("pipelines.orders.input.columns", "id int, Value int")
                    .with("pipelines.orders.warehouse.columns", "A int, a int")))
        .anyMatch(
            problem ->
                problem.startsWith(
                    "pipelines.orders.input.columns declares a column that no table takes, 'Value': the table would call it VALUE"))
        .anyMatch(
            problem ->
                problem.startsWith(
                    "pipelines.orders.warehouse.columns declares a column that no table takes, 'a': the table would call it A, and 'A' too"));
  }

  @Test
  void a_declared_column_that_only_the_transform_sees_may_be_called_anything() {
    Pipeline orders =
        pipeline(
            Configuration.ofPipeline("orders")
                .with("pipelines.orders.input.columns", "id int, value int")
                .with("pipelines.orders.transform.sql", "SELECT value AS reading FROM landed"));

    assertThat(orders.input().columns().orElseThrow())
        .extracting(Column::name)
        .containsExactly("id", "value");
  }

  @Test
  void the_demonstrations_iris_pipeline_is_the_seeds() throws IOException {
    java.util.Properties shipped = new java.util.Properties();
    try (Reader file = Files.newBufferedReader(IRIS)) {
      shipped.load(file);
    }
    Configuration configuration =
        Configuration.empty()
            .with("snowflake.url", "jdbc:snowflake://x/")
            .with("aws.region", "us-east-1")
            .with("snowflake.authentication", "workload-identity");
    shipped.stringPropertyNames().stream()
        .filter(name -> name.startsWith("pipelines."))
        .forEach(name -> configuration.with(name, shipped.getProperty(name)));

    assertThat(pipeline(configuration)).isEqualTo(Iris.pipeline());
  }

  private static JobFlowInstancesConfig spotInstances() {
    return JobFlowInstancesConfig.builder()
        .instanceGroups(
            InstanceGroupConfig.builder()
                .name("primary")
                .instanceRole("MASTER")
                .instanceType("m7g.large")
                .instanceCount(1)
                .build(),
            InstanceGroupConfig.builder()
                .name("core")
                .instanceRole("CORE")
                .instanceType("r7g.large")
                .instanceCount(3)
                .market("SPOT")
                .build())
        .ec2SubnetId("subnet-1")
        .build();
  }
}
