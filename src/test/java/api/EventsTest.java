package api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import store.RunStore;
import testing.Awaiting;

/** The states that runs come into, as they come, to everyone who watches. */
@QuarkusTest
@TestProfile(ApiProfile.class)
@Timeout(60)
class EventsTest {

  private static final Instant THEN = Instant.parse("2019-01-01T00:00:00Z");

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject Watchers watchers;

  @Test
  void a_watcher_hears_of_a_run_from_its_first_state_to_its_last() throws Exception {
    try (Stream stream = new Stream()) {
      stream.begin();
      RunId run = RunId.create(THEN, 1);
      ended(run);

      List<String> first = stream.event(run);
      List<String> second = stream.event(run);

      assertThat(first.get(1)).isEqualTo("event:run");
      assertThat(first.get(2))
          .isEqualTo(
              "data:{\"run\":\"%s\",\"pipeline\":\"nobody\",\"state\":\"COLLECTED\",\"at\":\"2019-01-01T00:00:00Z\"}"
                  .formatted(run));
      assertThat(second.get(2)).contains("\"state\":\"NO_DATA\"");
      assertThat(id(second)).isGreaterThan(id(first));
    }
  }

  @Test
  void a_watcher_that_comes_back_gets_what_it_has_missed() throws Exception {
    RunId seen = RunId.create(THEN, 2);
    long last;
    try (Stream stream = new Stream()) {
      stream.begin();
      ended(seen);
      last = id(stream.event(seen));
    }
    RunId missed = RunId.create(THEN, 3);
    ended(missed);

    try (Stream stream = new Stream("Last-Event-ID", "" + last)) {
      List<String> next = stream.event(seen);
      assertThat(id(next)).isEqualTo(last + 1);
      assertThat(next.get(2)).contains("NO_DATA");
      assertThat(stream.event(missed).get(2)).contains("COLLECTED");
      assertThat(stream.event(missed).get(2)).contains("NO_DATA");
    }
  }

  @Test
  void one_stream_too_many_is_refused_until_another_ends() throws Exception {
    Awaiting.until("the others have left", Duration.ofSeconds(20), () -> watchers.count() == 0);
    List<Stream> open = new ArrayList<>();
    for (int i = 0; i < ApiProfile.WATCHERS; i++) {
      open.add(new Stream());
      open.get(i).begin();
    }
    HttpResponse<String> refused = new ServedApi(service).get("api/events");
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).contains("3 are open (service.max-watchers)");

    for (Stream stream : open) {
      stream.close();
    }

    Awaiting.until("all have left", Duration.ofSeconds(20), () -> watchers.count() == 0);
  }

  @Test
  void a_comment_within_twenty_seconds_shows_that_the_connection_is_alive() throws Exception {
    try (Stream stream = new Stream()) {
      stream.begin();
      long begun = System.nanoTime();

      List<String> next = stream.block();
      while (next.stream().noneMatch(line -> line.startsWith(":"))) {
        next = stream.block();
      }

      assertThat(next).anyMatch(line -> line.contains("alive"));
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }
  }

  @Test
  void an_id_of_no_event_is_refused() throws Exception {
    HttpResponse<String> refused =
        new ServedApi(service).get("api/events", "Last-Event-ID", "yesterday");

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("Last-Event-ID is 'yesterday'");
  }

  private void ended(RunId id) {
    Run run = Run.collected(id, "nobody", THEN, 0, 0);
    runs.collect(run, List.of());
    runs.save(
        run, run.decide(Outcome.ended(RunState.NO_DATA, "empty")).moveTo(RunState.NO_DATA, THEN));
  }

  private static long id(List<String> event) {
    return Long.parseLong(event.get(0).substring("id:".length()));
  }

  /** A connection that is read line by line. */
  private final class Stream implements AutoCloseable {

    private final InputStream body;
    private final BufferedReader lines;

    Stream(String... headers) throws IOException, InterruptedException {
      HttpRequest.Builder request = HttpRequest.newBuilder(service.resolve("api/events"));
      if (headers.length > 0) {
        request.headers(headers);
      }
      HttpResponse<InputStream> answer =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith("text/event-stream");
      body = answer.body();
      lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    }

    /** Waits for the comment with which a stream begins. */
    void begin() throws IOException {
      assertThat(block()).anyMatch(line -> line.startsWith(":"));
    }

    List<String> event(RunId run) throws IOException {
      List<String> block = block();
      while (block.stream().noneMatch(line -> line.contains(run.value()))) {
        block = block();
      }
      return block.stream().sorted(Comparator.comparingInt(Stream::place)).toList();
    }

    private static int place(String line) {
      return List.of("id", "event", "data").indexOf(line.replaceAll(":.*", ""));
    }

    private List<String> block() throws IOException {
      List<String> block = new ArrayList<>();
      String line = lines.readLine();
      while (line != null && !line.isEmpty()) {
        block.add(line);
        line = lines.readLine();
      }
      return block;
    }

    @Override
    public void close() throws IOException {
      body.close();
    }
  }
}
