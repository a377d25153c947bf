package api;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A write with an Idempotency-Key is done once. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class IdempotencyTest {

  private static final String START = "api/pipelines/iris-dag/start";

  @TestHTTPResource("/")
  URI service;

  @Inject
  @DataSource("runs")
  AgroalDataSource store;

  @Test
  void the_same_request_with_the_same_key_gets_the_answer_of_the_first() throws Exception {
    String key = UUID.randomUUID().toString();
    HttpResponse<String> first = post(START, key);

    HttpResponse<String> second = post(START, key);

    assertThat(first.statusCode()).isIn(200, 201);
    assertThat(second.statusCode()).isEqualTo(first.statusCode());
    assertThat(second.body()).isEqualTo(first.body()).contains("\"runs\":[\"r-");
    assertThat(second.headers().firstValue("Content-Type"))
        .isEqualTo(first.headers().firstValue("Content-Type"));
  }

  @Test
  void a_repetition_adds_neither_an_effect_nor_a_row_of_the_audit() throws Exception {
    String key = UUID.randomUUID().toString();
    post("api/pipelines/iris/pause?reason=once", key);
    String audited = new ServedApi(service).get("api/audit?limit=1").body();
    post("api/pipelines/iris/resume", UUID.randomUUID().toString());

    HttpResponse<String> again = post("api/pipelines/iris/pause?reason=once", key);

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(again.body()).contains("\"reason\":\"once\"");
    assertThat(new ServedApi(service).get("api/pipelines/iris").body())
        .doesNotContain("\"paused\"");
    assertThat(new ServedApi(service).get("api/audit?limit=2").body())
        .contains("\"action\":\"resume\"", audited.substring(1));
  }

  @Test
  void a_refusal_is_an_answer_too() throws Exception {
    String key = UUID.randomUUID().toString();

    HttpResponse<String> first = post("api/runs/none/cancel", key);
    HttpResponse<String> second = post("api/runs/none/cancel", key);

    assertThat(second.statusCode()).isEqualTo(404).isEqualTo(first.statusCode());
    assertThat(second.body()).isEqualTo(first.body()).contains("There is no run none");
    assertThat(second.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/problem+json");
  }

  @Test
  void another_request_with_the_same_key_is_refused() throws Exception {
    String key = UUID.randomUUID().toString();
    post("api/runs/none/cancel", key);

    HttpResponse<String> other = post("api/runs/none/retry", key);

    assertThat(other.statusCode()).isEqualTo(422);
    assertThat(other.body()).contains("use a new key for each request");
  }

  @Test
  void of_parallel_requests_with_one_key_one_is_done() throws Exception {
    String key = UUID.randomUUID().toString();
    List<HttpResponse<String>> answers = parallel(8, key);

    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 201, 409);
    List<String> done =
        answers.stream()
            .filter(answer -> answer.statusCode() != 409)
            .map(HttpResponse::body)
            .distinct()
            .toList();
    assertThat(done).hasSize(1);
    assertThat(post(START, key).body()).isEqualTo(done.get(0));
  }

  private List<HttpResponse<String>> parallel(int count, String key) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(count);
    try {
      List<Future<HttpResponse<String>>> sent = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        sent.add(pool.submit(() -> post(START, key)));
      }
      List<HttpResponse<String>> answers = new ArrayList<>();
      for (Future<HttpResponse<String>> one : sent) {
        answers.add(one.get());
      }
      return answers;
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void a_request_whose_answer_was_lost_with_the_process_is_done_again() throws Exception {
    String key = UUID.randomUUID().toString();
    post("api/runs/none/cancel", key);
    execute("UPDATE idempotent_request SET status = NULL, body = NULL WHERE key = '%s'", key);

    assertThat(post("api/runs/none/cancel", key).statusCode()).isEqualTo(404);

    execute("UPDATE idempotent_request SET body = '{}' WHERE key = '%s'", key);
    assertThat(post("api/runs/none/cancel", key).body()).as("it was kept").isEqualTo("{}");
  }

  @Test
  void a_start_whose_answer_was_lost_with_the_process_begins_no_second_run() throws Exception {
    String key = UUID.randomUUID().toString();
    String run = ServedApi.json(post(START, key)).path("runs").path(0).asText();
    execute("UPDATE idempotent_request SET status = NULL, body = NULL WHERE key = '%s'", key);
    execute("UPDATE run SET objects = 1 WHERE id = '%s'", run);
    try {
      HttpResponse<String> repeated = post(START, key);

      assertThat(repeated.statusCode()).isEqualTo(201);
      assertThat(ServedApi.json(repeated).path("runs").path(0).asText()).isEqualTo(run);
    } finally {
      execute("UPDATE run SET objects = 0 WHERE id = '%s'", run);
    }
  }

  @Test
  void a_day_later_the_key_is_new() throws Exception {
    String key = UUID.randomUUID().toString();
    post("api/runs/none/cancel", key);
    execute("UPDATE idempotent_request SET created_at = '2020-01-01' WHERE key = '%s'", key);

    assertThat(post("api/runs/none/retry", key).statusCode()).isEqualTo(404);
  }

  @Test
  void a_key_that_cannot_be_one_is_refused() throws Exception {
    assertThat(post(START, "two words").statusCode()).isEqualTo(400);
    assertThat(post(START, "x".repeat(256)).statusCode()).isEqualTo(400);
  }

  private HttpResponse<String> post(String path, String key) throws Exception {
    return new ServedApi(service).send("POST", path, "Idempotency-Key", key);
  }

  private void execute(String statement, String key) throws SQLException {
    try (Connection connection = store.getConnection();
        Statement sql = connection.createStatement()) {
      assertThat(sql.executeUpdate(statement.formatted(key))).isEqualTo(1);
    }
  }
}
