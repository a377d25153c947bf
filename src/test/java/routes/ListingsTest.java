package routes;

import static org.assertj.core.api.Assertions.assertThat;

import actions.Made;
import aws.AwsSettings;
import aws.RealClients;
import batch.BatchLimits;
import batch.Grouping;
import batch.LandedObject;
import batch.Marker;
import inflight.InFlight;
import intake.Intake;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import landing.OverS3;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import pipeline.Pipelines;
import store.FileStore;
import testing.Awaiting;
import testing.Iris;
import testing.ListedPrefixes;
import testing.Models;

/** The listing route with its own pools and a run store on disk. */
class ListingsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int MANY = 2_345;

  @TempDir Path folder;
  private final ListedPrefixes s3 = new ListedPrefixes();
  private FileStore store;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
  }

  @Test
  void a_listing_in_slices_finds_every_object_once_beside_another_pipeline() throws Exception {
    s3.with("big/", MANY).with("small/", 3);

    list(() -> waiting("big").size() == MANY && waiting("small").size() == 3, "big", "small");

    assertThat(waiting("big")).extracting(LandedObject::key).doesNotHaveDuplicates();
  }

  @Test
  void listings_that_come_to_no_end_keep_no_other_pipeline_waiting() throws Exception {
    s3.with("z-small/", 3);
    String[] names = {"a", "b", "c", "d", "e", "z-small"};
    for (String endless : List.of("a", "b", "c", "d", "e")) {
      s3.withEndless(endless + "/");
    }

    list(() -> waiting("z-small").size() == 3 && waiting("e").size() > 1_000, names);

    assertThat(waiting("a").size()).as("older objects are there before its end").isPositive();
  }

  @Test
  void after_an_outage_the_listing_continues_and_after_a_restart_it_loses_and_doubles_nothing()
      throws Exception {
    s3.with("big/", MANY);
    s3.breakAfter(13);
    list(() -> waiting("big").size() == 1_000, "big");

    s3.breakAfter(Integer.MAX_VALUE);
    list(() -> waiting("big").size() == MANY, "big");

    assertThat(waiting("big")).extracting(LandedObject::key).doesNotHaveDuplicates();
  }

  @Test
  void
      a_marker_at_the_start_of_a_long_listing_is_acted_on_when_that_has_ended_and_not_a_poll_later()
          throws Exception {
    s3.with("big/", 1_250);
    BatchLimits limits =
        new BatchLimits(
            10,
            1_000,
            Duration.ZERO,
            new Grouping(Optional.empty(), Optional.of(new Marker("00000003")), Optional.empty()));
    Pipelines pipelines =
        new Pipelines(Map.of("big", pipeline("big", Duration.ofHours(1), limits)));
    InFlight inFlight = new InFlight();

    list(
        pipelines,
        inFlight,
        () ->
            inFlight
                .listedFrom("big")
                .filter(then -> !store.markers().seenBefore("big", then).isEmpty())
                .isPresent());

    assertThat(waiting("big")).hasSize(1_249);
  }

  private void list(Callable<Boolean> isSo, String... names) throws Exception {
    list(pipelines(names), new InFlight(), isSo);
  }

  /** A service that lists until it is so, and then stops. */
  private void list(Pipelines pipelines, InFlight inFlight, Callable<Boolean> isSo)
      throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      camel.getShutdownStrategy().setTimeout(5);
      AwsSettings settings =
          RealClients.settings(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1));
      camel.addRoutesConfigurations(new ErrorHandling());
      camel.addRoutes(
          new LandingRoutes(
              settings,
              Made.listLanding(
                  settings,
                  pipelines,
                  OverS3.listing(s3, Clock.systemUTC()),
                  new Intake(store.objects(), store.markers(), OverS3.checksums(s3)),
                  inFlight,
                  Clock.systemUTC()),
              Made.everyStoreIsGood(pipelines, inFlight),
              null,
              null,
              null,
              null));
      camel.start();
      var clock = camel.createProducerTemplate();
      Awaiting.until(
          "it has listed",
          PATIENCE,
          () -> {
            clock.sendBody("seda:list-landing?size=1&discardWhenFull=true", "");
            return isSo.call();
          });
    }
  }

  private List<LandedObject> waiting(String pipeline) {
    return store.objects().waiting(pipeline, 10_000);
  }

  private static Pipelines pipelines(String... names) {
    Map<String, Pipeline> pipelines = new TreeMap<>();
    for (String name : names) {
      pipelines.put(name, pipeline(name, Duration.ofSeconds(1), Iris.pipeline().batch()));
    }
    return new Pipelines(pipelines);
  }

  private static Pipeline pipeline(String name, Duration poll, BatchLimits limits) {
    Pipeline iris = Iris.pipeline();
    return Models.pipeline(
        name,
        Models.landing("landing", name + "/", Optional.of(poll), false),
        limits,
        iris.input(),
        iris.transform(),
        iris.checks(),
        iris.curated(),
        iris.cluster(),
        iris.warehouse());
  }
}
