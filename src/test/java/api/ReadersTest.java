package api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;
import store.RunStore;
import testing.Awaiting;

/** However many look at the runs, the service itself reaches its store. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ReadersTest {

  private static final int MANY = 60;

  @TestHTTPResource("/")
  URI service;

  @ConfigProperty(name = "quarkus.datasource.runs.jdbc.max-size")
  int connections;

  @Inject Readers readers;
  @Inject RunStore runs;

  @Test
  void half_of_the_connections_are_the_services_own() {
    assertThat(Readers.MOST * 2).isEqualTo(connections);
  }

  @Test
  void a_request_that_gets_no_turn_is_refused_and_the_service_goes_on() throws Exception {
    IntStream.range(0, Readers.MOST).forEach(turn -> readers.enter());
    try {
      HttpResponse<String> refused = new ServedApi(service).get("api/runs");

      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(refused.body()).contains("too many requests are being answered");
      assertThat(runs.id()).as("what the service reads for itself").isNotEmpty();
    } finally {
      IntStream.range(0, Readers.MOST).forEach(turn -> readers.leave());
    }
    assertThat(new ServedApi(service).get("api/runs").statusCode()).isEqualTo(200);
  }

  @Test
  void every_request_gives_its_turn_back_however_it_ends() throws Exception {
    List<String> paths =
        List.of("", "api/runs", "api/runs/none", "runs/none", "api/runs?limit=0", "api/nothing");
    ExecutorService pool = Executors.newFixedThreadPool(MANY);
    try {
      List<Future<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < MANY; i++) {
        String path = paths.get(i % paths.size());
        sent.add(pool.submit(() -> new ServedApi(service).get(path)));
      }
      for (Future<HttpResponse<String>> one : sent) {
        assertThat(one.get().statusCode()).isIn(200, 400, 404);
      }
    } finally {
      pool.shutdown();
    }
    Awaiting.until(
        "every turn is free", Duration.ofSeconds(10), () -> readers.free() == Readers.MOST);
  }
}
