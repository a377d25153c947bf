package api;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import store.LandedObjects;
import store.RunStore;
import testing.AbsentCloud;

/** The list of the runs, and of a run's objects: filtered, sorted, a page at a time. */
@QuarkusTest
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
class RunListTest {

  private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
  private static final Pattern NEXT = Pattern.compile("<([^>]+)>; rel=\"next\"");
  private static final int OBJECTS = 250;

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;
  @Inject LandedObjects objects;

  /**
   * Ten runs of pipelines that are not configured, a minute apart, so that nothing touches them.
   */
  @BeforeEach
  void store() {
    if (runs.newest(1).isEmpty()) {
      IntStream.range(0, 10).forEach(this::store);
    }
  }

  private void store(int number) {
    Instant at = NOON.plusSeconds(60L * number);
    String pipeline = number % 2 == 0 ? "even" : "odd";
    List<LandedObject> landed =
        IntStream.range(0, number == 0 ? OBJECTS : 1)
            .mapToObj(
                one ->
                    new LandedObject(
                        pipeline, "landing", number + "/" + one, "e", 1, at.plusSeconds(one), at))
            .toList();
    objects.record(pipeline, landed);
    Run run = Run.collected(id(number), pipeline, at, landed.size(), landed.size());
    runs.collect(run, landed);
    String message = number == 4 ? "50% of_it!" : "No rows in run " + number;
    runs.save(
        run, run.decide(Outcome.ended(RunState.NO_DATA, message)).moveTo(RunState.NO_DATA, at));
  }

  private static RunId id(int number) {
    return RunId.create(NOON.plusSeconds(60L * number), number);
  }

  @Test
  void the_newest_run_comes_first_unless_the_oldest_is_asked_for() throws Exception {
    assertThat(ids("api/runs")).startsWith(id(9).value()).endsWith(id(0).value()).hasSize(10);
    assertThat(ids("api/runs?sort=oldest")).startsWith(id(0).value()).hasSize(10);
  }

  @Test
  void runs_are_filtered_by_state_pipeline_and_time_of_creation() throws Exception {
    assertThat(ids("api/runs?state=FAILED&state=CANCELLED")).isEmpty();
    assertThat(ids("api/runs?state=FAILED&state=NO_DATA")).hasSize(10);
    assertThat(ids("api/runs?pipeline=odd")).hasSize(5).startsWith(id(9).value());
    assertThat(ids("api/runs?since=2026-11-22T12:02:00Z&until=2026-11-22T13:04:00%2B01:00"))
        .containsExactly(id(3).value(), id(2).value());
  }

  @Test
  void text_is_searched_in_id_and_message_and_means_itself() throws Exception {
    assertThat(ids("api/runs?text=" + id(7).value().substring(10))).containsExactly(id(7).value());
    assertThat(ids("api/runs?text=no%20ROWS")).hasSize(9);
    assertThat(ids("api/runs?text=50%25%20of_it!")).containsExactly(id(4).value());
    assertThat(ids("api/runs?text=%25")).containsExactly(id(4).value());
    assertThat(ids("api/runs?text='%20OR%201=1%20--")).isEmpty();
  }

  @Test
  void pages_follow_one_another_through_the_link_and_keep_the_filter() throws Exception {
    List<List<String>> pages = pages("api/runs?pipeline=even&limit=2", "id");

    assertThat(pages).hasSize(3);
    assertThat(pages.stream().flatMap(List::stream).toList())
        .containsExactly(id(8).value(), id(6).value(), id(4).value(), id(2).value(), id(0).value());
    assertThat(pages("api/runs?sort=oldest&limit=5", "id")).hasSize(2);
  }

  @Test
  void a_run_shows_its_first_objects_and_a_list_of_its_own_has_all() throws Exception {
    String run = "api/runs/" + id(0).value();
    assertThat(ServedApi.json(get(run)).path("landed")).hasSize(100);
    assertThat(ServedApi.json(get(run)).path("objects").asInt()).isEqualTo(OBJECTS);

    List<List<String>> pages = pages(run + "/objects", "uri");

    assertThat(pages).extracting(List::size).containsExactly(100, 100, 50);
    assertThat(pages.get(0).get(0)).isEqualTo("s3://landing/0/0");
    assertThat(pages.get(2).get(49)).isEqualTo("s3://landing/0/249");
  }

  private List<List<String>> pages(String path, String field) throws Exception {
    List<List<String>> pages = new ArrayList<>();
    Optional<String> next = Optional.of(path);
    while (next.isPresent()) {
      HttpResponse<String> page = get(next.get());
      pages.add(ServedApi.texts(page, field));
      next =
          page.headers()
              .firstValue("Link")
              .map(NEXT::matcher)
              .filter(Matcher::matches)
              .map(link -> link.group(1));
    }
    return pages;
  }

  private List<String> ids(String path) throws IOException, InterruptedException {
    return ServedApi.texts(get(path), "id");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = new ServedApi(service).get(path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer;
  }
}
