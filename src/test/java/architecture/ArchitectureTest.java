package architecture;

import static org.assertj.core.api.Assertions.assertThat;

import architecture.planted.actions.ActionKnowsARoute;
import architecture.planted.actions.ActionKnowsCamel;
import architecture.planted.api.ApiKnowsACluster;
import architecture.planted.archive.ArchiveKnowsTheStore;
import architecture.planted.aws.AwsKnowsARun;
import architecture.planted.batch.BatchKnowsARun;
import architecture.planted.circle.here.Here;
import architecture.planted.circle.there.There;
import architecture.planted.clock.ClockKnowsARun;
import architecture.planted.clock.SystemClock;
import architecture.planted.cluster.ClusterKnowsCamel;
import architecture.planted.cluster.ClusterKnowsCurated;
import architecture.planted.cluster.ClusterKnowsTheJob;
import architecture.planted.configuration.ConfigurationKnowsTheStore;
import architecture.planted.contract.ContractKnowsACluster;
import architecture.planted.curated.CuratedKnowsLanding;
import architecture.planted.flow.AsksAClock;
import architecture.planted.flow.AsksInstant;
import architecture.planted.flow.AsksInstantByReference;
import architecture.planted.flow.AsksLocalDate;
import architecture.planted.flow.AsksMillis;
import architecture.planted.flow.Exits;
import architecture.planted.flow.FlowHasAClient;
import architecture.planted.flow.FlowHasAConnection;
import architecture.planted.flow.FlowHasAGateway;
import architecture.planted.flow.FlowHasTheStore;
import architecture.planted.flow.FlowKeepsAField;
import architecture.planted.flow.FlowKeepsAMap;
import architecture.planted.flow.FlowKnowsAPage;
import architecture.planted.flow.FlowKnowsARoute;
import architecture.planted.flow.FlowKnowsHealth;
import architecture.planted.flow.FlowKnowsMetrics;
import architecture.planted.flow.FlowKnowsTheApi;
import architecture.planted.flow.FlowMakesARequest;
import architecture.planted.flow.FlowOpensASocket;
import architecture.planted.flow.FlowReadsAFile;
import architecture.planted.flow.InjectsAProperty;
import architecture.planted.flow.MakesAClock;
import architecture.planted.flow.Sleeps;
import architecture.planted.health.HealthKnowsACluster;
import architecture.planted.inflight.InFlightKnowsTheStore;
import architecture.planted.ingest.IngestKnowsTheStore;
import architecture.planted.intake.IntakeKnowsARoute;
import architecture.planted.landing.LandingKnowsACluster;
import architecture.planted.metrics.MetricsKnowACluster;
import architecture.planted.metrics.MetricsKnowTheCalls;
import architecture.planted.metrics.MetricsKnowTheClients;
import architecture.planted.pipeline.PipelineKnowsAGateway;
import architecture.planted.pipeline.PipelineKnowsASetting;
import architecture.planted.pipeline.PipelineKnowsTheStore;
import architecture.planted.polling.PollingKnowsAnAction;
import architecture.planted.routes.RouteKnowsCamel;
import architecture.planted.routes.RouteKnowsTheApi;
import architecture.planted.run.RunKnowsAStandIn;
import architecture.planted.run.RunKnowsTheStore;
import architecture.planted.schedule.ScheduleKnowsARun;
import architecture.planted.security.SecurityKnowsTheStore;
import architecture.planted.shutdown.ShutdownKnowsARun;
import architecture.planted.snowflake.SnowflakeKnowsARun;
import architecture.planted.staging.StagingKnowsTheStore;
import architecture.planted.store.StoreKnowsAPipeline;
import architecture.planted.store.StoreKnowsSecurity;
import architecture.planted.util.Helper;
import architecture.planted.warehouse.WarehouseKnowsTheStore;
import architecture.planted.warehouse.WarehouseReadsAFile;
import architecture.planted.web.APage;
import architecture.planted.web.PageKnowsACluster;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import flow.Flow;
import java.net.URL;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dependency rules of the design, and a planted violation of each that it catches. */
class ArchitectureTest {

  private static final String PLANTED_BELOW = "architecture.planted.";
  private static final String CIRCLE = PLANTED_BELOW + "circle.";

  private static final JavaClasses OURS = new ClassFileImporter().importUrl(mainClasses());
  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackages("architecture.planted");

  static Stream<Rule> rules() {
    return Stream.of(packages(), shell(), io(), habits()).flatMap(List::stream);
  }

  private static List<Rule> packages() {
    return List.of(
        Rule.of("batch knows the JDK", Dependencies.ofBatch(), BatchKnowsARun.class),
        Rule.of("run knows batch and the contract", Dependencies.ofRun(), RunKnowsTheStore.class),
        Rule.of("contract knows Jackson", Dependencies.ofContract(), ContractKnowsACluster.class),
        Rule.of("aws knows the SDK", Dependencies.ofAws(), AwsKnowsARun.class),
        Rule.of("snowflake knows the driver", Dependencies.ofSnowflake(), SnowflakeKnowsARun.class),
        Rule.of(
            "landing knows no other leaf, and Jackson",
            Dependencies.ofLanding(),
            LandingKnowsACluster.class),
        Rule.of(
            "cluster knows no other leaf, and Jackson",
            Dependencies.ofCluster(),
            ClusterKnowsCurated.class),
        Rule.of(
            "curated knows no other leaf, and the format of Parquet",
            Dependencies.ofCurated(),
            CuratedKnowsLanding.class),
        Rule.of(
            "warehouse knows contract and run",
            Dependencies.ofWarehouse(),
            WarehouseKnowsTheStore.class),
        Rule.of(
            "store knows run, batch, JDBC and Jackson",
            Dependencies.ofStore(),
            StoreKnowsAPipeline.class),
        Rule.of("schedule knows the JDK", Dependencies.ofSchedule(), ScheduleKnowsARun.class),
        Rule.of(
            "archive knows landing and batch",
            Dependencies.ofArchive(),
            ArchiveKnowsTheStore.class),
        Rule.of("ingest knows no shell", Dependencies.ofIngest(), IngestKnowsTheStore.class),
        Rule.of(
            "staging knows curated and run", Dependencies.ofStaging(), StagingKnowsTheStore.class),
        Rule.of("clock knows the JDK", Dependencies.ofClock(), ClockKnowsARun.class),
        Rule.of(
            "configuration knows the model and the rooms whose settings it reads",
            Dependencies.ofConfiguration(),
            ConfigurationKnowsTheStore.class),
        Rule.of(
            "polling knows no shell and no action",
            Dependencies.ofPolling(),
            PollingKnowsAnAction.class),
        Rule.of("inflight knows flow", Dependencies.ofInFlight(), InFlightKnowsTheStore.class),
        Rule.of("pipeline knows the leaves", Dependencies.ofPipeline(), PipelineKnowsTheStore.class)
            .spares(PipelineKnowsASetting.class),
        Rule.of(
                "pipeline knows only what is data of the leaves",
                Habits::pipelineKnowsOnlyWhatIsDataOfTheLeaves,
                PipelineKnowsAGateway.class)
            .spares(PipelineKnowsASetting.class),
        Rule.of("flow knows no shell", Dependencies.ofFlow(), FlowKnowsARoute.class)
            .spares(FlowMakesARequest.class),
        Rule.of("intake knows no shell", Dependencies.ofIntake(), IntakeKnowsARoute.class),
        Rule.of("actions know no shell", Dependencies.ofActions(), ActionKnowsARoute.class),
        Rule.of("routes know no other shell", Dependencies.ofRoutes(), RouteKnowsTheApi.class)
            .spares(RouteKnowsCamel.class),
        Rule.of(
            "security knows no other room", Dependencies.ofSecurity(), SecurityKnowsTheStore.class),
        Rule.of("shutdown knows nobody", Dependencies.ofShutdown(), ShutdownKnowsARun.class),
        Rule.of("api knows no leaf", Dependencies.ofApi(), ApiKnowsACluster.class),
        Rule.of("web knows no leaf", Dependencies.ofWeb(), PageKnowsACluster.class)
            .spares(APage.class),
        Rule.of("health knows no leaf", Dependencies.ofHealth(), HealthKnowsACluster.class),
        Rule.of("metrics know no leaf", Dependencies.ofMetrics(), MetricsKnowACluster.class),
        Rule.of(
                "metrics know only the calls of aws",
                Habits::metricsKnowOnlyTheCallsOfAws,
                MetricsKnowTheClients.class)
            .spares(MetricsKnowTheCalls.class));
  }

  private static List<Rule> shell() {
    return List.of(
        Rule.of(
            "nobody knows routes",
            root -> Habits.nobodyKnowsTheShell(root, "routes"),
            FlowKnowsARoute.class),
        Rule.of(
                "only the pages know the API",
                Habits::onlyThePagesKnowTheApi,
                FlowKnowsTheApi.class,
                RouteKnowsTheApi.class)
            .spares(APage.class),
        Rule.of(
            "nobody knows web",
            root -> Habits.nobodyKnowsTheShell(root, "web"),
            FlowKnowsAPage.class),
        Rule.of(
            "nobody knows health",
            root -> Habits.nobodyKnowsTheShell(root, "health"),
            FlowKnowsHealth.class),
        Rule.of(
            "nobody knows metrics",
            root -> Habits.nobodyKnowsTheShell(root, "metrics"),
            FlowKnowsMetrics.class),
        Rule.of(
            "only the shell and configuration know security",
            Habits::onlyTheShellKnowsSecurity,
            StoreKnowsSecurity.class),
        Rule.of(
                "only routes know Camel",
                Habits::onlyRoutesKnowCamel,
                ClusterKnowsCamel.class,
                ActionKnowsCamel.class)
            .spares(RouteKnowsCamel.class),
        Rule.of(
            "nobody knows the stand-ins or the Spark job",
            Habits::nobodyKnowsTheOtherModules,
            RunKnowsAStandIn.class,
            ClusterKnowsTheJob.class));
  }

  private static List<Rule> io() {
    return List.of(
        Rule.of(
                "flow does no I/O",
                root -> Habits.doesNoIo(root, "flow"),
                FlowOpensASocket.class,
                FlowReadsAFile.class,
                FlowHasAConnection.class,
                FlowHasAClient.class,
                FlowHasTheStore.class,
                FlowHasAGateway.class)
            .spares(FlowMakesARequest.class),
        Rule.of(
            "warehouse does no I/O",
            root -> Habits.doesNoIo(root, "warehouse"),
            WarehouseReadsAFile.class,
            WarehouseKnowsTheStore.class));
  }

  private static List<Rule> habits() {
    return List.of(
        Rule.of(
                "every class is in a package of the design",
                Habits::everyClassIsInAPackageOfTheDesign,
                Helper.class)
            .spares(BatchKnowsARun.class),
        Rule.of(
                "flow keeps no state",
                Habits::flowKeepsNoState,
                FlowKeepsAField.class,
                FlowKeepsAMap.class)
            .spares(PipelineKnowsASetting.class),
        Rule.of("nobody sleeps", Habits::nobodySleeps, Sleeps.class),
        Rule.of("nobody exits", Habits::nobodyExits, Exits.class),
        Rule.of(
                "time is injected",
                Habits::timeIsInjected,
                AsksInstant.class,
                AsksInstantByReference.class,
                AsksLocalDate.class,
                AsksMillis.class,
                MakesAClock.class)
            .spares(SystemClock.class, AsksAClock.class),
        Rule.of("configuration is typed", Habits::configurationIsTyped, InjectsAProperty.class),
        Rule.of(
            "packages have no cycle",
            root -> Habits.packagesHaveNoCycle(root.isEmpty() ? root : CIRCLE),
            Here.class,
            There.class));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_service_keeps(Rule rule) {
    rule.below().apply("").check(OURS);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void a_planted_violation_is_caught_of(Rule rule) {
    List<String> reported =
        rule.below().apply(PLANTED_BELOW).evaluate(PLANTED).getFailureReport().getDetails();

    assertThat(rule.planted())
        .isNotEmpty()
        .allSatisfy(type -> assertThat(reported).anyMatch(line -> line.contains(type.getName())));
    assertThat(rule.innocent())
        .allSatisfy(type -> assertThat(reported).noneMatch(line -> line.contains(type.getName())));
  }

  private static URL mainClasses() {
    return Flow.class.getProtectionDomain().getCodeSource().getLocation();
  }
}
