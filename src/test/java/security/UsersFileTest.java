package security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.AbsentCloud;
import testing.Awaiting;
import testing.KnownUsers;
import testing.Wire;
import testing.Wire.Answer;

/** Who is in the users file enters, and does what their role says; the whole service. */
@QuarkusTest
@TestProfile(KnownUsers.class)
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
class UsersFileTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String START = "/api/pipelines/iris/start";
  private static final String ANNA = Wire.basic("anna", KnownUsers.ANNAS);
  private static final String BEN = Wire.basic("ben", KnownUsers.BENS);
  private static final String GINA = Wire.basic("gina", KnownUsers.BENS);
  private static final String HUGO = Wire.basic("hugo", KnownUsers.BENS);
  private static final String ROBOT = "Authorization: Bearer " + KnownUsers.TOKEN;

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @AfterEach
  void the_file_is_as_it_was() throws IOException {
    put(KnownUsers.text());
    AtomicInteger tries = new AtomicInteger();
    Awaiting.until(
        "it is in force",
        PATIENCE,
        () -> status("127.0.8." + tries.incrementAndGet(), ROBOT) == 200);
  }

  @Test
  void who_is_in_the_file_reads() throws IOException {
    assertThat(List.of(ANNA, BEN, ROBOT, Wire.basic("rasmus", "rasmuslerdorf")))
        .allSatisfy(who -> assertThat(status("127.0.0.1", who)).isEqualTo(200));
  }

  @Test
  void who_has_not_signed_in_gets_a_problem_and_the_ways_to_do_so() throws IOException {
    for (String path : List.of("/api/runs", "/api/nothing", "/q/openapi", "/q/swagger-ui/")) {
      Answer answer = wire().send("GET", path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate").orElseThrow())
          .startsWith("Basic realm=")
          .contains("Bearer");
      assertThat(answer.header("Content-Type")).contains("application/problem+json");
      assertThat(new ObjectMapper().readTree(answer.body()).path("status").asInt()).isEqualTo(401);
    }
  }

  @Test
  void a_viewer_may_not_act() throws IOException {
    Answer answer = wire().send("POST", START, BEN);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/problem+json");
    assertThat(answer.body()).contains("needs the role operator");
    for (String method : List.of("PUT", "PATCH", "DELETE", "TRACE", "NONSENSE")) {
      assertThat(wire().send(method, "/api/runs", BEN).status()).as(method).isEqualTo(403);
    }
    assertThat(wire().send("HEAD", "/api/runs", BEN).status()).isNotEqualTo(403);
  }

  @Test
  void the_audit_has_who_acted() throws IOException {
    assertThat(wire().send("POST", START + "?reason=new", ANNA).status()).isEqualTo(409);
    assertThat(newest().path("actor").asText()).isEqualTo("anna");
    assertThat(newest().path("role").asText()).isEqualTo("OPERATOR");

    assertThat(wire().send("POST", START, ROBOT).status()).isEqualTo(409);
    assertThat(newest().path("actor").asText()).isEqualTo("robot");
  }

  @Test
  void another_site_cannot_make_a_signed_in_browser_act() throws IOException {
    assertThat(wire().send("POST", START, ANNA, "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
  }

  @Test
  void any_name_of_the_service_is_answered() throws IOException {
    assertThat(wire().sendTo("pipelines.example", "GET", "/api/runs", ANNA).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic",
        "Basic !!!",
        "Basic YW5uYQ==",
        "Basic OmE=",
        "Bearer",
        "Bearer wrong",
        "Negotiate abc",
        "anna",
        "Basic YW5uYTp4AA=="
      })
  void a_header_that_is_none_lets_nobody_in(String header) throws IOException {
    assertThat(status("127.0.0.77", "Authorization: " + header)).isEqualTo(401);
  }

  @Test
  void probes_need_no_key() throws IOException {
    assertThat(new Wire(management).send("GET", "/q/health/live").status()).isEqualTo(200);
    assertThat(new Wire(management).send("GET", "/q/metrics").status()).isEqualTo(200);
  }

  @Test
  void after_ten_wrong_passwords_for_a_name_it_must_wait_wherever_they_come_from()
      throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(status("127.0.1." + i, Wire.basic("rasmus", "guess" + i))).isEqualTo(401);
    }

    Answer eleventh = at("127.0.1.200").send("GET", "/api/runs", Wire.basic("rasmus", "guess"));

    assertThat(eleventh.status()).isEqualTo(429);
    assertThat(Integer.parseInt(eleventh.header("Retry-After").orElseThrow())).isBetween(1, 60);
    assertThat(eleventh.header("Content-Type")).contains("application/problem+json");
    assertThat(status("127.0.1.201", BEN)).as("another name").isEqualTo(200);
  }

  @Test
  void after_ten_wrong_passwords_from_an_address_it_must_wait_whatever_name_it_tries()
      throws IOException {
    for (int i = 0; i < 10; i++) {
      assertThat(status("127.0.2.1", Wire.basic("name" + i, "guess"))).isEqualTo(401);
    }

    assertThat(status("127.0.2.1", Wire.basic("other", "guess"))).isEqualTo(429);
    assertThat(status("127.0.2.1", "Authorization: Bearer guess")).isEqualTo(429);
  }

  @Test
  void a_thousand_wrong_passwords_at_once_cost_ten_hashes_and_shut_out_nobody_who_has_signed_in()
      throws Exception {
    assertThat(status("127.0.3.2", HUGO)).isEqualTo(200);
    ExecutorService crowd = Executors.newFixedThreadPool(50);
    try {
      List<Future<Integer>> answers =
          IntStream.range(0, 1000)
              .mapToObj(
                  i -> crowd.submit(() -> status("127.0.3.1", Wire.basic("hugo", "guess" + i))))
              .toList();
      int tried = 0;
      for (Future<Integer> answer : answers) {
        assertThat(answer.get()).isIn(401, 429);
        tried += answer.get() == 401 ? 1 : 0;
      }

      assertThat(tried).isBetween(1, 10);
      assertThat(status("127.0.3.2", HUGO)).as("signed in there before").isEqualTo(200);
      assertThat(status("127.0.3.1", HUGO)).as("guessed at last").isEqualTo(429);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } finally {
      crowd.shutdownNow();
    }
  }

  @Test
  void a_right_guess_gets_nobody_past_the_limit_while_its_user_is_signed_in_elsewhere()
      throws IOException {
    assertThat(status("127.0.5.1", GINA)).isEqualTo(200);
    for (int i = 0; i < 10; i++) {
      assertThat(status("127.0.5." + (10 + i), Wire.basic("gina", "guess" + i))).isEqualTo(401);
    }

    assertThat(status("127.0.5.200", GINA)).as("from elsewhere").isEqualTo(429);
    assertThat(status("127.0.5.1", GINA)).as("from where she signed in").isEqualTo(200);
  }

  @Test
  void a_change_of_the_file_is_in_force_at_once_and_ends_what_is_remembered() throws IOException {
    assertThat(status("127.0.0.1", BEN)).isEqualTo(200);

    put(
        "anna operator %s\ncarol viewer %s\n"
            .formatted(KnownUsers.hash(KnownUsers.ANNAS), KnownUsers.hash("new")));

    Awaiting.until("ben may not enter", PATIENCE, () -> status("127.0.4.1", BEN) == 401);
    assertThat(status("127.0.0.1", Wire.basic("carol", "new"))).isEqualTo(200);
    assertThat(status("127.0.0.1", ROBOT)).isEqualTo(401);
  }

  @Test
  void a_file_that_cannot_be_used_changes_nothing() throws IOException {
    put("anna operator nonsense\n");
    Awaiting.until("it was looked at", Duration.ofSeconds(5), this::hasPassed);
    assertThat(status("127.0.0.1", ANNA)).isEqualTo(200);

    Files.delete(KnownUsers.FILE);
    Awaiting.until("it was looked at", Duration.ofSeconds(5), this::hasPassed);
    assertThat(status("127.0.0.1", ANNA)).isEqualTo(200);
    assertThat(status("127.0.0.1", ROBOT)).isEqualTo(200);
  }

  private long begun = -1;

  /** The file is looked at once a second, by requests. */
  private boolean hasPassed() throws IOException {
    if (begun < 0) {
      begun = System.nanoTime();
    }
    boolean passed = System.nanoTime() - begun > Duration.ofMillis(1500).toNanos();
    assertThat(status("127.0.0.1", BEN)).isEqualTo(200);
    if (passed) {
      begun = -1;
    }
    return passed;
  }

  private static void put(String text) throws IOException {
    var next =
        Files.writeString(
            KnownUsers.FILE.resolveSibling(KnownUsers.FILE.getFileName() + ".next"), text);
    Files.move(next, KnownUsers.FILE, StandardCopyOption.REPLACE_EXISTING);
  }

  private JsonNode newest() throws IOException {
    return new ObjectMapper()
        .readTree(wire().send("GET", "/api/audit?limit=1", ANNA).body())
        .path(0);
  }

  private int status(String from, String authorization) throws IOException {
    return at(from).send("GET", "/api/runs", authorization).status();
  }

  private Wire at(String address) {
    return new Wire(service, address);
  }

  private Wire wire() {
    return new Wire(service);
  }
}
