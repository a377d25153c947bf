package routes;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import flow.Work;
import intake.Intake;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import landing.LandingSettings;
import landing.OverS3;
import org.apache.camel.builder.RouteBuilder;
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

/** The listing route with its own pools and a run store on disk. */
class LandingRouteTest {

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
  void after_an_outage_the_listing_goes_on_and_after_a_restart_it_loses_and_doubles_nothing()
      throws Exception {
    s3.with("big/", MANY);
    s3.breakAfter(13);
    list(() -> waiting("big").size() == 1_000, "big");

    s3.breakAfter(Integer.MAX_VALUE);
    list(() -> waiting("big").size() == MANY, "big");

    assertThat(waiting("big")).extracting(LandedObject::key).doesNotHaveDuplicates();
  }

  /** A service that lists until it is so, and then stops. */
  private void list(java.util.concurrent.Callable<Boolean> isSo, String... names) throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      camel.getShutdownStrategy().setTimeout(5);
      camel.addRoutes(
          new LandingRoute(
              pipelines(names),
              OverS3.listing(s3, Clock.systemUTC()),
              new Intake(store.objects(), store.markers()),
              new Work(),
              Clock.systemUTC()));
      camel.addRoutes(
          new RouteBuilder() {
            @Override
            public void configure() {
              from("direct:ask-witness").process(exchange -> {});
            }
          });
      camel.start();
      var clock = camel.createProducerTemplate();
      Awaiting.until(
          "it has listed",
          PATIENCE,
          () -> {
            clock.sendBody(Endpoints.LIST_LANDING, "");
            return isSo.call();
          });
    }
  }

  private List<LandedObject> waiting(String pipeline) {
    return store.objects().waiting(pipeline, 10_000);
  }

  private static Pipelines pipelines(String... names) {
    Map<String, Pipeline> pipelines = new TreeMap<>();
    Pipeline iris = Iris.pipeline();
    for (String name : names) {
      pipelines.put(
          name,
          new Pipeline(
              name,
              new LandingSettings("landing", name + "/", Duration.ofSeconds(1), false),
              iris.batch(),
              iris.input(),
              iris.transform(),
              iris.checks(),
              iris.curated(),
              iris.cluster(),
              iris.warehouse()));
    }
    return new Pipelines(pipelines);
  }
}
