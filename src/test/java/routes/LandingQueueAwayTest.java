package routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import store.LandedObjects;
import testing.Api;
import testing.Awaiting;
import testing.LocalCloud;
import testing.Records;

/** The queue of S3's events is unreachable from the start. */
@QuarkusTest
@QuarkusTestResource(
    value = LocalCloud.class,
    restrictToAnnotatedClass = true,
    initArgs = @ResourceArg(name = "s3-events-away", value = "yes"))
class LandingQueueAwayTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int OK = 200;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Inject LandedObjects objects;
  @Inject S3Client s3;

  @Test
  void the_listing_finds_what_lands_and_the_service_is_well()
      throws IOException, InterruptedException {
    try (Records log = new Records()) {
      s3.putObject(r -> r.bucket("landing").key("iris/listed"), RequestBody.fromString("x"));

      Awaiting.until("it is a row", PATIENCE, () -> objects.waiting("iris", 10).size() == 1);

      for (String probe : new String[] {"live", "ready", "started"}) {
        HttpResponse<String> health = new Api(management).get("/q/health/" + probe);
        assertThat(health.statusCode()).isEqualTo(OK);
        assertThat(health.body()).contains("\"landing-events\": \"Started\"");
      }
      assertThat(log.count(EventsQueue.class, Level.WARNING)).isLessThanOrEqualTo(1);
      assertThat(log.loggersAtLeast(Level.WARNING))
          .noneMatch(logger -> logger.startsWith("org.apache.camel"));
    }
  }
}
