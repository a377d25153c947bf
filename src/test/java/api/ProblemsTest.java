package api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Wire;

/** Every error below /api is a problem document with a way out. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class ProblemsTest {

  @TestHTTPResource("/")
  URI service;

  @Inject
  @DataSource("runs")
  AgroalDataSource store;

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET    | api/nothing                      | 404 | There is nothing at /api/nothing; /q/openapi describes every address
          GET    | api/runs/a/b/c                   | 404 | There is nothing at /api/runs/a/b/c; /q/openapi describes every address
          GET    | api/runs/none                    | 404 | There is no run none; GET /api/runs lists them
          GET    | api/pipelines/none/plan          | 404 | There is no pipeline none; GET /api/pipelines lists them
          GET    | api/pipelines/none/set-aside     | 404 | There is no pipeline none; GET /api/pipelines lists them
          POST   | api/pipelines/none/start         | 404 | There is no pipeline none; GET /api/pipelines lists them
          POST   | api/pipelines/none/backfills     | 404 | There is no pipeline none; GET /api/pipelines lists them
          GET    | api/backfills/none               | 404 | There is no backfill none; GET /api/pipelines/{name}/backfills lists those of a pipeline
          DELETE | api/runs                         | 405 | /api/runs does not take this method; /q/openapi describes every address and its methods
          GET    | api/runs/r-1/cancel              | 405 | /api/runs/r-1/cancel does not take this method; /q/openapi describes every address and its methods
          GET    | api/runs?stat=FAILED             | 400 | Cannot read the request: it has the unknown query parameters stat; this address takes cursor, failed-since, limit, pipeline, since, sort, state, text, until
          POST   | api/runs/r-1/cancel?now=1&then=2 | 400 | Cannot read the request: it has the unknown query parameters now, then; this address takes reason
          POST   | api/pipelines/iris/backfills?a=1 | 400 | Cannot read the request: it has the unknown query parameters a; this address takes from, max-bytes, max-objects, max-runs, prefix, reason, until
          POST   | api/pipelines/iris/backfills     | 409 | Cannot backfill pipeline iris: each of its runs reads the whole landing prefix (curated.mode=replace), older objects too
          GET    | api/runs?limit=0                 | 400 | Cannot read the request: limit is '0'; write a number from 1 to 1000
          GET    | api/runs?limit=1001              | 400 | Cannot read the request: limit is '1001'; write a number from 1 to 1000
          GET    | api/audit?limit=1001             | 400 | Cannot read the request: limit is '1001'; write a number from 1 to 1000
          GET    | api/audit?subject=iris           | 400 | Cannot read the request: kind and subject go together; write both or neither
          GET    | api/audit?kind=TABLE             | 400 | Cannot read the request: kind is 'TABLE'; write one of RUN, PIPELINE, BACKFILL; kind and subject go together; write both or neither
          GET    | api/pipelines/iris/history?limit=501 | 400 | Cannot read the request: limit is '501'; write a number from 1 to 500
          GET    | api/pipelines/iris/waiting?limit=a   | 400 | Cannot read the request: limit is 'a'; write a number from 1 to 1000
          GET    | api/runs?limit=ten               | 400 | Cannot read the request: limit is 'ten'; write a number from 1 to 1000
          GET    | api/runs?state=nonsense          | 400 | Cannot read the request: state is 'nonsense'; write one of COLLECTED, QUEUED, PROCESSING, LOADING, SUCCEEDED, FAILED, CANCELLED, NO_DATA
          GET    | api/runs?sort=size               | 400 | Cannot read the request: sort is 'size'; write one of newest, oldest
          GET    | api/runs?since=today             | 400 | Cannot read the request: since is 'today'; write a time with its offset, for instance 2026-01-01T00:00:00Z
          GET    | api/runs?cursor=mine&limit=-1    | 400 | Cannot read the request: limit is '-1'; write a number from 1 to 1000; cursor is 'mine', which this service has not given; follow the Link of the page before
          """)
  void an_error_is_a_problem_with_a_way_out(String method, String path, int status, String detail)
      throws Exception {
    HttpResponse<String> answer = new ServedApi(service).send(method, path);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertProblem(answer, status, detail);
  }

  @ParameterizedTest(name = "{0} {1} may be {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DELETE | api/runs             | GET, HEAD, OPTIONS
          PUT    | api/runs/r-1         | GET, HEAD, OPTIONS
          GET    | api/runs/r-1/cancel  | OPTIONS, POST
          DELETE | api/pipelines/iris/backfills | GET, HEAD, OPTIONS, POST
          GET    | api/pipelines/iris/pause     | OPTIONS, POST
          PATCH  | runs                 | GET, HEAD, OPTIONS
          """)
  void what_an_address_does_not_take_is_answered_by_what_it_takes(
      String method, String path, String allowed) throws Exception {
    HttpResponse<String> answer = new ServedApi(service).send(method, path);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("Allow")).hasValue(allowed);
  }

  @Test
  void a_body_that_no_address_reads_is_refused() throws Exception {
    Wire wire = new Wire(service);
    Wire.Answer answer =
        wire.sendRaw(
            "POST /runs/r-1/cancel HTTP/1.1\r\nHost: %s\r\nContent-Type: application/xml\r\nContent-Length: 4\r\nConnection: close\r\n\r\n<a/>"
                .formatted(service.getAuthority()));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("application/problem+json");
    assertThat(answer.body()).contains("does not read content of this type");
  }

  @Test
  void a_client_that_takes_no_json_is_told_so() throws Exception {
    HttpResponse<String> answer =
        new ServedApi(service).get("api/pipelines", "Accept", "image/png");

    assertProblem(
        answer,
        406,
        "/api/pipelines does not answer with content of the type that Accept names; leave Accept out");
  }

  @Test
  void a_store_that_is_away_is_a_503_that_names_no_file() throws Exception {
    execute("ALTER TABLE attempt RENAME TO hidden");
    try {
      HttpResponse<String> answer = new ServedApi(service).get("api/runs");

      assertProblem(
          answer,
          503,
          "Cannot use the run store: it does not read or write now; try again, and if it lasts, the service's log says what to mend");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
    } finally {
      execute("ALTER TABLE hidden RENAME TO attempt");
    }
  }

  @Test
  void a_503_says_that_nothing_was_changed_only_where_that_is_known() throws Exception {
    execute(
        "CREATE TRIGGER deny BEFORE INSERT ON paused_pipeline BEGIN SELECT RAISE(ABORT, 'no'); END");
    try {
      HttpResponse<String> answer =
          new ServedApi(service).send("POST", "api/pipelines/iris/pause?reason=why");

      assertProblem(
          answer,
          503,
          "Cannot use the run store: it does not read or write now, and nothing was changed; try again, and if it lasts, the service's log says what to mend");
      assertThat(ServedApi.texts(new ServedApi(service).get("api/audit?limit=1"), "outcome"))
          .as("no name of a file")
          .containsExactly("Nothing was changed: the run store was away");
    } finally {
      execute("DROP TRIGGER deny");
    }
    execute("ALTER TABLE landed_object RENAME TO hidden");
    try {
      HttpResponse<String> answer =
          new ServedApi(service).send("POST", "api/pipelines/iris/resume?reason=why");

      assertThat(ServedApi.json(answer).path("detail").asText())
          .contains("what was asked for may have been done or not");
    } finally {
      execute("ALTER TABLE hidden RENAME TO landed_object");
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String detail)
      throws IOException {
    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
    JsonNode problem = ServedApi.json(answer);
    assertThat(problem.path("status").asInt()).isEqualTo(status).isEqualTo(answer.statusCode());
    assertThat(problem.path("title").asText()).isNotEmpty();
    assertThat(problem.path("detail").asText()).isEqualTo(detail);
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = store.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
