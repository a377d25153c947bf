package api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import testing.AbsentCloud;
import testing.Api;

/** Who asked for what, why, and what came of it; the whole service, without a cloud. */
@QuarkusTest
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
class AuditTest {

  private static final int OK = 200;
  private static final int CREATED = 201;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int CONFLICT = 409;

  @TestHTTPResource("/")
  URI service;

  @Test
  void a_request_that_is_done_is_recorded_with_its_reason()
      throws IOException, InterruptedException {
    assertThat(status("api/pipelines/iris-dag/start?reason=late%20delivery"))
        .as("started, or started before")
        .isIn(CREATED, OK);

    JsonNode newest = newest();
    assertThat(newest.path("actor").asText()).isEqualTo("anonymous");
    assertThat(newest.path("role").asText()).isEqualTo("OPERATOR");
    assertThat(newest.path("action").asText()).isEqualTo("start");
    assertThat(newest.path("kind").asText()).isEqualTo("PIPELINE");
    assertThat(newest.path("subject").asText()).isEqualTo("iris-dag");
    assertThat(newest.path("reason").asText()).isEqualTo("late delivery");
    assertThat(newest.path("outcome").asText()).isEqualTo("done");
  }

  @Test
  void a_refusal_is_recorded_with_its_sentence() throws IOException, InterruptedException {
    assertThat(status("api/pipelines/iris/start")).isEqualTo(CONFLICT);
    assertThat(newest().path("outcome").asText()).startsWith("Cannot start pipeline iris: ");
    assertThat(newest().has("reason")).isFalse();

    assertThat(status("api/runs/r-20260101T000000-000001/cancel")).isEqualTo(NOT_FOUND);
    assertThat(newest().path("outcome").asText())
        .startsWith("There is no run r-20260101T000000-000001");

    assertThat(status("api/pipelines/iris/backfills?reason=why&prefix=other")).isEqualTo(CONFLICT);
    assertThat(newest().path("action").asText()).isEqualTo("backfill");

    assertThat(status("api/backfills/b-none/pass-over")).isEqualTo(NOT_FOUND);
    assertThat(newest().path("outcome").asText()).startsWith("There is no backfill b-none");
  }

  @Test
  void what_was_asked_of_one_pipeline_is_listed_alone() throws IOException, InterruptedException {
    status("api/pipelines/iris-dag/start?reason=one");
    status("api/pipelines/iris/start?reason=other");

    JsonNode ofOne = json("api/audit?kind=PIPELINE&subject=iris-dag");
    assertThat(ofOne.findValuesAsText("subject")).isNotEmpty().containsOnly("iris-dag");
    assertThat(ofOne.path(0).path("reason").asText()).isEqualTo("one");
    assertThat(json("api/audit?kind=RUN&subject=iris-dag")).isEmpty();
  }

  @Test
  void a_reason_that_is_too_long_is_refused_before_anything_is_done()
      throws IOException, InterruptedException {
    String before = newest().toString();

    assertThat(status("api/pipelines/iris-dag/start?reason=" + "x".repeat(501)))
        .isEqualTo(BAD_REQUEST);

    assertThat(newest()).hasToString(before);
  }

  @Test
  void a_reason_writes_no_line_of_its_own_and_nothing_to_a_terminal()
      throws IOException, InterruptedException {
    status("api/pipelines/iris-dag/start?reason=a%0AINFO%20b%1B%5B31mc%E2%80%AEd");

    assertThat(newest().path("reason").asText()).isEqualTo("a INFO b [31mc d");

    status("api/pipelines/iris/pause?reason=a%0AINFO%20b%1B%5B31mc%E2%80%AEd");
    try {
      assertThat(json("api/pipelines/iris").path("paused").path("reason").asText())
          .as("what a pause keeps")
          .isEqualTo("a INFO b [31mc d");
    } finally {
      status("api/pipelines/iris/resume");
    }
  }

  @Test
  void older_requests_follow_by_the_link_of_a_page() throws IOException, InterruptedException {
    status("api/pipelines/iris-dag/start?reason=first");
    status("api/pipelines/iris-dag/start?reason=second");
    String next =
        new Api(service)
            .get("api/audit?limit=1&kind=PIPELINE&subject=iris-dag")
            .headers()
            .firstValue("Link")
            .orElseThrow()
            .replaceAll("<([^>]*)>; rel=\"next\"", "$1");

    assertThat(json(next).path(0).path("reason").asText()).isEqualTo("first");
    assertThat(new Api(service).get("audit").body()).contains("first", "second");
  }

  @Test
  void a_pause_keeps_who_asked_for_it_and_both_ways_are_recorded()
      throws IOException, InterruptedException {
    assertThat(status("api/pipelines/iris/pause?reason=the%20table%20moves")).isEqualTo(OK);
    JsonNode pause = json("api/pipelines/iris").path("paused");
    assertThat(pause.path("by").asText()).isEqualTo("anonymous");
    assertThat(pause.path("reason").asText()).isEqualTo("the table moves");
    assertThat(newest().path("action").asText()).isEqualTo("pause");
    assertThat(newest().path("reason").asText()).isEqualTo("the table moves");

    assertThat(status("api/pipelines/iris/resume?reason=it%20has%20moved")).isEqualTo(OK);
    assertThat(json("api/pipelines/iris").has("paused")).isFalse();
    assertThat(newest().path("action").asText()).isEqualTo("resume");
    assertThat(newest().path("reason").asText()).isEqualTo("it has moved");

    assertThat(status("api/pipelines/nobody/pause")).isEqualTo(NOT_FOUND);
    assertThat(newest().path("outcome").asText()).startsWith("There is no pipeline nobody");
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return new ObjectMapper().readTree(new Api(service).get(path).body());
  }

  private JsonNode newest() throws IOException, InterruptedException {
    return json("api/audit?limit=1").path(0);
  }

  private int status(String path) throws IOException, InterruptedException {
    return new Api(service).post(path).statusCode();
  }
}
