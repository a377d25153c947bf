package routes;

import static org.assertj.core.api.Assertions.assertThat;

import actions.OverStore;
import aws.ApiCalls;
import aws.AwsSettings;
import aws.RealClients;
import batch.LandedObject;
import cluster.emr.CannedGateway;
import cluster.emr.EmrQuotas;
import curated.CuratedSettings;
import flow.Action;
import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingSettings;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.ServiceSettings;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import software.amazon.awssdk.services.emr.EmrClient;
import store.FileStore;
import testing.Awaiting;
import testing.CannedEmr;
import testing.Iris;
import testing.KeptObjects;
import testing.Models;
import testing.MovableClock;
import testing.SilentDriver;

/** What happens by itself, and without a run that waits for it. */
class HousekeepingRoutesTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration OFTEN = Duration.ofMillis(200);

  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final MovableClock clock = new MovableClock(Iris.NOON.plus(Duration.ofDays(2)));
  private final Dependencies dependencies = new Dependencies(clock);
  private final KeptObjects s3 = new KeptObjects();
  private final SilentDriver driver = new SilentDriver();
  private final BlockingQueue<Action> retired = new LinkedBlockingQueue<>();
  private final CannedEmr server =
      new CannedEmr().on("ListClusters", CannedEmr.answer(200, "{\"Clusters\":[]}"));
  private final EmrClient client = RealClients.emr(server.endpoint(), PATIENCE, new ApiCalls());
  @TempDir Path folder;
  private FileStore store;

  @BeforeEach
  void open() throws Exception {
    store = new FileStore(folder);
    ServiceSettings settings =
        new ServiceSettings("test", OFTEN, OFTEN, OFTEN, OFTEN, 1, OFTEN, OFTEN, 1);
    AwsSettings aws = RealClients.settings(server.endpoint(), PATIENCE);
    EmrQuotas quotas = new EmrQuotas(aws, clock);
    OverStore actions = new OverStore(store, new Pipelines(Map.of("iris", pipeline())), s3, clock);
    camel.disableJMX();
    camel.getRegistry().bind("warehouse", DataSource.class, driver.source());
    camel.getRegistry().bind("snowflakeSession", new SnowflakeSession(settings));
    camel.addRoutesConfigurations(new ErrorHandling());
    camel.addRoutes(
        new HousekeepingRoutes(
            actions.clearLanded(),
            actions.retireOutput(),
            actions.probeDependencies(
                CannedGateway.over(client, quotas, aws), quotas, dependencies, settings)));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:retire-output")
                .process(exchange -> retired.add(exchange.getMessage().getBody(Action.class)));
          }
        });
  }

  @AfterEach
  void close() {
    camel.stop();
    client.close();
    server.close();
  }

  @Test
  void what_was_loaded_is_cleared() {
    LandedObject object = Iris.object("iris/a", 1, Iris.NOON);
    s3.put("iris/a", 1);
    store.run(Iris.RUN, "iris", RunState.SUCCEEDED, List.of(object));

    camel.start();

    Awaiting.until("it is deleted", PATIENCE, () -> s3.keys().isEmpty());
    Awaiting.until(
        "that is recorded",
        PATIENCE,
        () -> store.cleared().of("iris", Optional.empty(), 1).isEmpty());
  }

  @Test
  void each_output_that_is_due_goes_to_the_warehouse() throws Exception {
    RunId another = RunId.create(Iris.NOON, 1);
    failed(Iris.RUN);
    failed(another);

    camel.start();

    List<Action> due =
        List.of(
            retired.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS),
            retired.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS));
    assertThat(due)
        .extracting(action -> ((Action.Retire) action).output().run())
        .containsExactlyInAnyOrder(Iris.RUN, another);
  }

  @Test
  void each_service_outside_is_asked_whether_it_answers() {
    driver.refuse("SELECT 1", new SQLException("away", "08001", 200_001));

    camel.start();

    for (Dependency dependency : Dependency.values()) {
      Awaiting.until(
          dependency + " was asked",
          PATIENCE,
          () -> dependencies.last(dependency, PATIENCE).isPresent());
      assertThat(dependencies.last(dependency, PATIENCE).orElseThrow().trouble())
          .as(dependency.name())
          .matches(trouble -> trouble.isPresent() == (dependency == Dependency.SNOWFLAKE));
    }
    assertThat(driver.executed()).contains("SELECT 1");
  }

  /** A run that has come to nothing two days ago. */
  private void failed(RunId id) {
    store.run(id, "iris", RunState.COLLECTED, List.of(Iris.object("iris/" + id, 1, Iris.NOON)));
    store.launch(id);
    Failure failure = new Failure(FailureKind.INTERNAL, "bad", "mend");
    store
        .runs()
        .save(
            store
                .runs()
                .save(store.runs().attempt(id, 1).orElseThrow().launched("j-" + id).failed(failure))
                .ended());
    Run run = store.runs().find(id).orElseThrow().run();
    store.runs().save(run, run.decide(Outcome.failed(failure)).moveTo(RunState.FAILED, Iris.NOON));
  }

  /** It deletes what was loaded at once, and old curated files after a day. */
  private static Pipeline pipeline() {
    Pipeline iris = Iris.pipeline();
    return Models.pipeline(
        iris.name(),
        Models.landing(
            "landing",
            "iris/",
            Duration.ofSeconds(1),
            false,
            AfterSuccess.DELETE,
            Optional.empty(),
            KeyOrder.ANY,
            LandingSettings.OnOverwrite.LOAD_AGAIN,
            Optional.empty()),
        iris.batch(),
        iris.input(),
        iris.transform(),
        iris.checks(),
        new CuratedSettings(
            "curated",
            "iris/",
            Optional.of(1),
            Optional.empty(),
            List.of(),
            Optional.of(Duration.ofDays(1))),
        iris.cluster(),
        iris.warehouse());
  }
}
