package bench;

import aws.RegionChain;
import configuration.Configuration;
import ingest.IngestScript;
import ingest.Source;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.SendDefinition;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import org.sqlite.SQLiteDataSource;
import run.Attempt;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.s3.S3Client;
import staging.JobJar;
import store.Database;
import store.RunStore;

/**
 * The service's own routes, flow, quotas, gateway and run store, over an EMR in virtual time: many runs are queued at once, and time passes until the last is closed. S3, Snowflake and threads are left out.
 */
final class Simulation implements AutoCloseable, ObservedRunStore.Observer {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Duration HISTORY = Duration.ofDays(60);
  private static final Duration STEP = Duration.ofMillis(250);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int GONE = 3_000;
  private static final int WAITING_OTHERS = 25;
  private static final int PASSING_OTHERS = 15;
  private static final Duration VISIBILITY = Duration.ofSeconds(5);
  private static final Duration LATENCY = Duration.ofMillis(200);
  private static final int PIPELINES = 5;

  /** At this time a few dozen clusters are launched and started, and no step has ended. */
  private static final Duration ALL_WORK = Duration.ofMinutes(11);

  private static final Duration TERMINATING = Duration.ofMinutes(2);

  /** The service's routes that take part, in no order. */
  private static final List<String> ROUTES =
      List.of("RunRoutes", "BatchRoutes", "StagingRoutes", "ClusterRoutes", "ResultRoutes");

  private static final int CLOSED_BETWEEN_WORDS = 50;

  private final Setting setting;
  private final VirtualClock clock = new VirtualClock(START.minus(HISTORY));
  private final VirtualEmr emr;
  private final Freshness freshness = new Freshness(clock);
  private final Turns turns = new Turns();
  private final Connection connection;
  private final RunStore runs;
  private final DefaultCamelContext camel = new DefaultCamelContext();
  private final Set<RunId> closed = new HashSet<>();
  private final Map<RunState, Integer> ends = new EnumMap<>(RunState.class);
  private final Map<String, Instant> terminated = new HashMap<>();
  private final List<Duration> closings = new ArrayList<>();
  private long mostClusters;

  /**
   * A scenario.
   *
   * @param runs how many are queued at once
   * @param isShared whether another user takes half of each quota
   * @param isCancelled whether all runs are cancelled at once during their steps, and all clusters then terminate at once
   */
  record Setting(int runs, boolean isShared, boolean isCancelled, long seed) {

    private String words() {
      return (isShared ? ", quotas shared" : "") + (isCancelled ? ", cancelled together" : "");
    }

    String name() {
      return "%d run%s%s".formatted(runs, runs == 1 ? "" : "s", words());
    }

    RunState end() {
      return isCancelled ? RunState.CANCELLED : RunState.SUCCEEDED;
    }
  }

  /**
   * The outcome.
   *
   * @param failed runs that did not end as they should, and superfluous attempts
   * @param mostClusters how many the service had at once
   * @param took the time until the last run was closed
   * @param clusterTime the total lifetime of the clusters
   * @param closing the longest time from a cluster's TERMINATED to the end of its run
   */
  record Played(
      Setting setting,
      long failed,
      long mostClusters,
      long others,
      Duration took,
      Duration clusterTime,
      Duration closing,
      Freshness freshness,
      Map<QuotaUse.Quota, QuotaUse> use) {

    long calls() {
      return use.values().stream().mapToLong(QuotaUse::calls).sum() + throttled();
    }

    long throttled() {
      return use.values().stream().mapToLong(QuotaUse::throttled).sum();
    }
  }

  private Simulation(Setting setting, Path folder) throws Exception {
    this.setting = setting;
    this.emr = new VirtualEmr(clock, setting.seed(), VISIBILITY, LATENCY);
    this.connection = migrated(
            folder.resolve(
                "%s.db".formatted(setting.name().replaceAll("\\W+", "-"))));
    Database database = new Database(one(connection), "the simulation's run store");
    Event<?> nobody = proxy(Event.class, (self, method, arguments) -> null);
    @SuppressWarnings("unchecked")
    Event<run.StateChanged> changed = (Event<run.StateChanged>) nobody;
    @SuppressWarnings("unchecked")
    Event<run.RunBegun> begun = (Event<run.RunBegun>) nobody;
    this.runs = new ObservedRunStore(database, changed, begun, this);
    Beans beans =
        new Beans()
            .with(Database.class, database)
            .with(Event.class, nobody)
            .with(RunStore.class, runs)
            .with(Clock.class, clock)
            .with(EmrClient.class, emr)
            .with(S3Client.class, proxy(S3Client.class, Simulation::refuse))
            .with(JobJar.class, new JobJar())
            .with(RegionChain.class, new RegionChain(Optional::empty))
            .with(IngestScript.class, new IngestScript())
            .with(Source.class, null)
            .with(Config.class, config());
    beans.withProductsOf(beans.get(Configuration.class));
    camel.disableJMX();
    camel.setAutowiredEnabled(false);
    camel.addComponent("seda", turns.seda());
    camel.addComponent("scheduler", turns.scheduler());
    camel.addComponent("aws2-s3", new ResultBucket());
    camel.addRoutesConfigurations(
        (RouteConfigurationsBuilder) beans.get(Class.forName("routes.ErrorHandling")));
    for (String route : ROUTES) {
      camel.addRoutes((RouteBuilder) beans.get(Class.forName("routes." + route)));
    }
    camel.addRoutes(load());
    refuseDeadEnds();
  }

  /**
   * A route that {@link #ROUTES} lacks: Camel itself would wait for it at each message.
   */
  private void refuseDeadEnds() throws Failure {
    camel.getComponent("direct", DirectComponent.class).setBlock(false);
    Set<String> there =
        camel.getRouteDefinitions().stream()
            .map(route -> withoutSlashes(route.getInput().getEndpointUri()))
            .collect(Collectors.toSet());
    Set<String> missing =
        camel.getRouteDefinitions().stream()
            .flatMap(
                route ->
                    ProcessorDefinitionHelper.filterTypeInOutputs(
                        route.getOutputs(), SendDefinition.class)
                        .stream())
            .map(send -> withoutSlashes(send.getEndpointUri()))
            .filter(uri -> uri.startsWith("direct:") && !there.contains(uri))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!missing.isEmpty()) {
      throw new Failure(
          "Cannot simulate the service: bench/java/bench/Simulation.java has no route for "
              + String.join(", ", missing));
    }
  }

  /** The endpoint DSL writes {@code direct://name}. */
  private static String withoutSlashes(String uri) {
    return uri.replace("direct://", "direct:");
  }

  private static Object refuse(Object self, Method method, Object[] arguments) {
    throw new UnsupportedOperationException("There is no S3 for " + method.getName());
  }

  /** Runs it to its end. */
  static Played play(Setting setting, Path folder) throws Exception {
    try (Simulation simulation = new Simulation(setting, folder)) {
      return simulation.play();
    }
  }

  private Played play() throws Exception {
    emr.populate(GONE, WAITING_OTHERS, PASSING_OTHERS, HISTORY);
    emr.onChange(this::changed);
    if (setting.isCancelled()) {
      emr.terminateWithin(TERMINATING);
    }
    Instant begin = clock.instant();
    if (setting.isShared()) {
      emr.compete();
    }
    for (int i = 0; i < setting.runs(); i++) {
      Run run = Run.collected(RunId.create(begin, i), "pipeline-" + i % PIPELINES, begin, 1, 1);
      runs.collect(run.moveTo(RunState.QUEUED, begin), List.of());
    }
    camel.start();
    long others = emr.activeOthers();
    Instant second = begin;
    boolean isToBeCancelled = setting.isCancelled();
    for (Instant step = begin; closed.size() < setting.runs(); step = step.plus(STEP)) {
      clock.reach(step);
      if (!second.isAfter(clock.instant())) {
        second = second.plusSeconds(1);
        emr.advance();
        mostClusters = Math.max(mostClusters, emr.activeClusters());
      }
      if (isToBeCancelled && step.isAfter(begin.plus(ALL_WORK))) {
        runs.open().forEach(open -> runs.save(open.run(), open.run().cancel(true)));
        isToBeCancelled = false;
      }
      turns.take(clock);
      if (step.isAfter(begin.plus(LONGEST))) {
        throw new Failure("not all runs were closed after " + LONGEST);
      }
    }
    return played(begin, others);
  }

  private Played played(Instant begin, long others) throws Failure {
    if (!setting.isCancelled() && freshness.missing() > 0) {
      throw new Failure(freshness.missing() + " changes were never known");
    }
    Instant end = clock.instant();
    Map<QuotaUse.Quota, QuotaUse> use = new EnumMap<>(QuotaUse.Quota.class);
    for (QuotaUse.Quota quota : QuotaUse.Quota.values()) {
      use.put(quota, QuotaUse.of(quota, emr.calls(), begin, end));
    }
    long attempts =
        runs.newest(setting.runs()).stream().mapToLong(run -> run.attempts().size() - 1).sum();
    long failed = setting.runs() - ends.getOrDefault(setting.end(), 0) + attempts;
    return new Played(
        setting,
        failed,
        mostClusters,
        others,
        Duration.between(begin, end),
        emr.clusterTime(),
        closings.stream().max(Comparator.naturalOrder()).orElseThrow(),
        freshness,
        use);
  }

  private void changed(VirtualEmr.Change change) {
    freshness.changed(change);
    if (change.state().filter("TERMINATED"::equals).isPresent()) {
      terminated.put(change.clusterId(), clock.instant());
    }
  }

  @Override
  public void saved(Attempt attempt) {
    freshness.saved(attempt);
  }

  @Override
  public void saved(Run run) {
    if (run.state().isFinal() && closed.add(run.id())) {
      ends.merge(run.state(), 1, Integer::sum);
      runs.find(run.id()).orElseThrow().attempts().stream()
          .map(attempt -> terminated.get(attempt.clusterId().orElseThrow()))
          .forEach(gone -> closings.add(Duration.between(gone, clock.instant())));
      if (closed.size() % CLOSED_BETWEEN_WORDS == 0) {
        Report.progress(
            "%d of %d runs closed%s",
            closed.size(), setting.runs(), setting.words());
      }
    }
  }

  /** In place of the load into Snowflake. */
  private RouteBuilder load() {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        from("direct:discard-output").process(exchange -> {});
        from("direct:load-table")
            .process(
                exchange -> {
                  Run run = exchange.getMessage().getBody(flow.Action.class).open().run();
                  runs.save(run, run.decide(Outcome.ended(RunState.SUCCEEDED, "loaded")));
                });
      }
    };
  }

  private static Config config() {
    Map<String, String> properties = new HashMap<>();
    properties.put("aws.region", "eu-central-1");
    properties.put("snowflake.url", "jdbc:snowflake://unset.invalid/");
    properties.put("snowflake.authentication", "workload-identity");
    properties.put("service.max-clusters", "500");
    for (int i = 0; i < PIPELINES; i++) {
      String pipeline = "pipelines.pipeline-%d.".formatted(i);
      properties.put(pipeline + "landing.bucket", "landing");
      properties.put(pipeline + "input.columns", "N int");
      properties.put(pipeline + "curated.bucket", "curated");
      properties.put(pipeline + "warehouse.database", "LAKE");
      properties.put(pipeline + "warehouse.table", "TABLE_" + i);
    }
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withSources(new PropertiesConfigSource(properties, "benchmark", 100))
        .build();
  }

  /** A SQLite file that need not survive the machine. */
  private static Connection migrated(Path file) throws IOException, SQLException {
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
    }
    SQLiteDataSource source = new SQLiteDataSource();
    source.setUrl(
        "jdbc:sqlite:%s?journal_mode=WAL&synchronous=OFF&foreign_keys=on&transaction_mode=IMMEDIATE"
            .formatted(file));
    Flyway.configure().dataSource(source).load().migrate();
    return source.getConnection();
  }

  /** A pool of one connection, for one thread. */
  private static DataSource one(Connection connection) {
    Connection kept =
        proxy(
            Connection.class,
            (self, method, arguments) ->
                method.getName().equals("close") ? null : method.invoke(connection, arguments));
    return proxy(DataSource.class, (self, method, arguments) -> kept);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public void close() throws SQLException {
    camel.stop();
    emr.close();
    connection.close();
  }
}
