package security;

import static org.assertj.core.api.Assertions.assertThat;

import api.Watchers;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.AbsentCloud;
import testing.Awaiting;
import testing.KnownUsers;
import testing.Records;
import testing.Wire;
import testing.Wire.Answer;

/** What becomes of someone who is signed in, and what is recorded of them; the whole service. */
@QuarkusTest
@TestProfile(KnownUsers.class)
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
@Timeout(90)
class OpenPageTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String ANNA = Wire.basic("anna", KnownUsers.ANNAS);
  private static final String ROBOT = "Authorization: Bearer " + KnownUsers.TOKEN;
  private static final String PAUSE = "/api/pipelines/iris/pause";

  @TestHTTPResource("/")
  URI service;

  @Inject Watchers watchers;

  @AfterEach
  void everything_is_as_it_was() throws IOException {
    put(KnownUsers.text());
    Awaiting.until("the file is in force", PATIENCE, this::isRobotKnown);
  }

  @Test
  void the_streams_of_a_removed_user_end_and_what_he_posts_is_refused() throws Exception {
    CompletableFuture<Answer> page = stream("/live?page=/&state=x");
    CompletableFuture<Answer> events = stream("/api/events");
    Awaiting.until("she follows both", PATIENCE, () -> watchers.count() == 2);

    put("another operator sha256:" + KnownUsers.sha256(KnownUsers.TOKEN) + "\n");

    assertThat(page.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    assertThat(events.get(60, TimeUnit.SECONDS).status()).isEqualTo(200);
    Answer form =
        wire()
            .send(
                "POST",
                "/pipelines/iris/pause",
                ANNA,
                "Accept: text/html",
                "Content-Type: application/x-www-form-urlencoded");
    assertThat(form.status()).isEqualTo(401);
    assertThat(form.body()).contains("<h1>You are not signed in</h1>", "Cannot sign in:");
    assertThat(wire().send("POST", PAUSE, ANNA).header("Content-Type"))
        .contains("application/problem+json");

    put(KnownUsers.text());
    Awaiting.until("anna is back", PATIENCE, this::isRobotKnown);
    assertThat(wire().send("GET", "/api/pipelines/iris", ANNA).body())
        .as("nothing was half done")
        .doesNotContain("\"paused\"");
  }

  @Test
  void a_pause_names_who_has_asked_for_it() throws IOException {
    assertThat(wire().send("POST", PAUSE + "?reason=moving", ROBOT).status()).isEqualTo(200);
    try {
      assertThat(
              new ObjectMapper()
                  .readTree(wire().send("GET", "/api/pipelines/iris", ANNA).body())
                  .path("paused")
                  .path("by")
                  .asText())
          .isEqualTo("robot");
      assertThat(wire().send("GET", "/pipelines/iris", ANNA, "Accept: text/html").body())
          .contains("by robot");
      assertThat(wire().send("POST", "/api/pipelines/iris/start", ANNA).body())
          .contains("it is paused since", "by robot (moving)");
    } finally {
      assertThat(wire().send("POST", "/api/pipelines/iris/resume", ANNA).status()).isEqualTo(200);
    }
  }

  @Test
  void a_key_of_one_caller_says_nothing_of_another_s() throws IOException {
    String key = "Idempotency-Key: " + UUID.randomUUID();
    assertThat(wire().send("POST", "/api/runs/none/cancel", ANNA, key).status()).isEqualTo(404);

    assertThat(wire().send("POST", "/api/runs/none/retry", ROBOT, key).status())
        .as("another request, of another caller")
        .isEqualTo(404);
    assertThat(wire().send("POST", "/api/runs/none/retry", ANNA, key).status()).isEqualTo(422);
  }

  @Test
  void a_sign_in_is_logged_once_and_what_is_refused_without_its_secret() throws IOException {
    try (Records records = new Records()) {
      Wire elsewhere = new Wire(service, "127.0.22.1");
      elsewhere.send("GET", "/api/runs", ANNA);
      elsewhere.send("GET", "/api/runs", ANNA);
      elsewhere.send("GET", "/api/runs", Wire.basic("anna", "hunter2"));
      elsewhere.send("GET", "/api/runs", Wire.basic("hunter3", "x"));
      elsewhere.send("GET", "/api/runs", "Authorization: Bearer hunter4");
      elsewhere.send("POST", PAUSE, Wire.basic("ben", KnownUsers.BENS));

      assertThat(
              records.messages(SignIns.class).stream().filter(line -> line.contains("127.0.22.1")))
          .containsExactly(
              "anna (operator) has signed in with a password from 127.0.22.1",
              "Refused a sign-in of anna with a password from 127.0.22.1: it is wrong, or no longer good",
              "Refused a sign-in of an unknown name with a password from 127.0.22.1: it is wrong, or no longer good",
              "Refused a sign-in of an unknown name with a token from 127.0.22.1: it is wrong, or no longer good",
              "ben (viewer) has signed in with a password from 127.0.22.1",
              "Refused POST /api/pipelines/iris/pause to ben from 127.0.22.1: it needs the role operator");
    }
  }

  private CompletableFuture<Answer> stream(String path) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return wire().send("GET", path, ANNA, "Accept: text/event-stream");
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  private static void put(String text) throws IOException {
    var next =
        Files.writeString(
            KnownUsers.FILE.resolveSibling(KnownUsers.FILE.getFileName() + ".next"), text);
    Files.move(next, KnownUsers.FILE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Which file is in force; asked without a sign-in that fails, because those are limited. */
  private boolean isRobotKnown() throws IOException {
    return wire().send("GET", "/api/caller", ROBOT).body().contains("robot");
  }

  private Wire wire() {
    return new Wire(service);
  }
}
