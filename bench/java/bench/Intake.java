package bench;

import aws.RegionChain;
import configuration.Configuration;
import inflight.InFlight;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.inject.Instance;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RouteConfigurationsBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.eclipse.microprofile.config.Config;
import org.flywaydb.core.Flyway;
import software.amazon.awssdk.services.s3.S3Client;
import store.Database;
import store.LandedObjects;

/**
 * How fast the service records what lands: its own listing route with its own run store, from a prefix that answers at once; and then the packaged service from a queue of S3's events.
 */
final class Intake {

  private static final String PIPELINE = "bench";
  private static final double FLOOR = 20_000;
  private static final long MOST_MEMORY = 256L << 20;
  private static final int BATCH = 1_000;

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MILLI = 1e6;

  private final int objects;
  private final int events;
  private final EndlessPrefix prefix;
  private final AgroalDataSource source;
  private final Beans beans;

  private Intake(int objects, int events, Path store) throws Exception {
    this.objects = objects;
    this.events = events;
    this.prefix = new EndlessPrefix(objects, PIPELINE + "/", Instant.now());
    this.source = migrated(store);
    this.beans =
        new Beans()
            .with(Database.class, new Database(source, store.toString()))
            .with(Event.class, nobody())
            .with(Clock.class, Clock.systemUTC())
            .with(S3Client.class, prefix)
            .with(RegionChain.class, new RegionChain(Optional::empty))
            .with(Config.class, config())
            .with(Instance.class, null)
            .with(Class.forName("routes.EventsQueue"), null);
    beans.get(InFlight.class).collectFrom(PIPELINE);
    beans.withProductsOf(beans.get(Configuration.class));
  }

  public static void main(String[] args) throws Exception {
    Options options =
        new Options(
            args,
            Map.of("--objects", 1_000_000, "--events", 20_000),
            Map.of("--objects", 20_000, "--events", 2_000),
            Set.of());
    if (Runtime.getRuntime().maxMemory() > MOST_MEMORY) {
      new Failure("this process may have more memory than the service's 256 MiB").end();
    }
    Report report = new Report("intake", options);
    Path folder = Files.createDirectories(Path.of("target", "bench", "intake"));
    new Intake(
            options.number("--objects"), options.number("--events"), folder.resolve("runs.db"))
        .measure(report);
    System.exit(0);
  }

  private void measure(Report report) throws Exception {
    double perSecond;
    double known;
    try (DefaultCamelContext camel = camel()) {
      ProducerTemplate clock = camel.createProducerTemplate();
      Report.progress("listing %,d objects", objects);
      perSecond = objects / secondsOfListing(clock, 1);
      Report.progress("listing them once more");
      known = objects / secondsOfListing(clock, 2);
    }
    LandedObjects store = beans.get(LandedObjects.class);
    long begun = System.nanoTime();
    int waiting = store.waiting(PIPELINE, BATCH).size();
    double waitingMillis = (System.nanoTime() - begun) / NANOS_PER_MILLI;
    if (waiting != Math.min(BATCH, objects) || count() != objects) {
      new Failure("%d of %d objects are in the store".formatted(count(), objects)).end();
    }
    Report.progress("taking %,d events", events);
    double eventsPerSecond = Events.perSecond(events);
    report.line("new objects, a second:     %,.0f".formatted(perSecond));
    report.line("known objects, a second:   %,.0f".formatted(known));
    report.line("events, a second:          %,.0f".formatted(eventsPerSecond));
    report.line("oldest %,d that wait, ms:  %,.0f".formatted(BATCH, waitingMillis));
    report.line(
        "floor of new objects: %,.0f a second, %s"
            .formatted(FLOOR, perSecond < FLOOR ? "MISSED" : "kept"));
    report.end(
        "objects=%d per-second=%.0f events-per-second=%.0f"
            .formatted(objects, perSecond, eventsPerSecond));
  }

  private DefaultCamelContext camel() throws Exception {
    DefaultCamelContext camel = new DefaultCamelContext();
    camel.disableJMX();
    camel.addRoutesConfigurations(
        (RouteConfigurationsBuilder) beans.get(Class.forName("routes.ErrorHandling")));
    camel.addRoutes((RouteBuilder) beans.get(Class.forName("routes.LandingRoutes")));
    camel.start();
    return camel;
  }

  /** Wakes the listing until it has reached the end of the prefix that often. */
  private double secondsOfListing(ProducerTemplate clock, int times)
      throws ReflectiveOperationException {
    InFlight inFlight = beans.get(InFlight.class);
    inFlight.listings().forget(PIPELINE);
    long begun = System.nanoTime();
    while (prefix.listed() < times || !isGivenBack(inFlight)) {
      clock.sendBody("seda:list-landing?size=1&discardWhenFull=true&pollTimeout=100", "");
      LockSupport.parkNanos(LOOK.toNanos());
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        new Failure("the prefix was not listed to its end after " + PATIENCE).end();
      }
    }
    return (System.nanoTime() - begun) / NANOS_PER_SECOND;
  }

  /** The poll's pause is an hour: if it can be claimed then, it is not in use. */
  private static boolean isGivenBack(InFlight inFlight) {
    boolean isFree = inFlight.listings().claim(PIPELINE, Instant.now().plus(Duration.ofHours(2)));
    if (isFree) {
      inFlight.listings().release(PIPELINE, Instant.now().plus(Duration.ofHours(1)), Instant.now());
    }
    return isFree;
  }

  private int count() throws SQLException {
    try (var connection = source.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*) FROM landed_object")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static Config config() {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(
                Map.of(
                    "aws.region", "eu-central-1",
                    "snowflake.url", "jdbc:snowflake://unset.invalid/",
                    "snowflake.authentication", "workload-identity",
                    "pipelines.bench.landing.bucket", "landing",
                    "pipelines.bench.landing.poll", "1h",
                    "pipelines.bench.input.columns", "N int",
                    "pipelines.bench.curated.bucket", "curated",
                    "pipelines.bench.warehouse.database", "LAKE",
                    "pipelines.bench.warehouse.table", "BENCH"),
                "benchmark",
                100))
        .build();
  }

  /** The service's own settings of its run store, which make it durable. */
  private static AgroalDataSource migrated(Path file) throws IOException, SQLException {
    for (String end : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(file.resolveSibling(file.getFileName() + end));
    }
    Properties service = new Properties();
    try (InputStream own = Intake.class.getResourceAsStream("/application.properties")) {
      service.load(own);
    }
    String url =
        service
            .getProperty("quarkus.datasource.runs.jdbc.url")
            .replace("${service.store}", file.toString());
    AgroalDataSource source =
        AgroalDataSource.from(
            new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                    pool ->
                        pool.maxSize(4)
                            .connectionFactoryConfiguration(factory -> factory.jdbcUrl(url))));
    Flyway.configure().dataSource(source).load().migrate();
    return source;
  }

  private static Event<?> nobody() {
    return (Event<?>)
        Proxy.newProxyInstance(
            Event.class.getClassLoader(),
            new Class<?>[] {Event.class},
            (self, method, arguments) -> null);
  }
}
