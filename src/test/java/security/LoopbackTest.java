package security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.AbsentCloud;
import testing.Wire;
import testing.Wire.Answer;

/** The service as it is without settings: open to its own machine, and to nobody else's pages. */
@QuarkusTest
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
class LoopbackTest {

  private static final String START = "/api/pipelines/iris/start";
  private static final Pattern SCRIPT =
      Pattern.compile("(?s)<script(?![^>]*src=)[^>]*>(.*?)</script>");

  @TestHTTPResource("/")
  URI service;

  @TestHTTPResource(value = "/", management = true)
  URI management;

  @Test
  void everyone_on_the_machine_may_read_and_act() throws IOException {
    assertThat(wire().send("GET", "/api/runs").status()).isEqualTo(200);
    assertThat(wire().send("POST", START).status())
        .as("it does not find what to do")
        .isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:8080", "a.localhost"})
  void a_name_of_this_machine_is_answered(String host) throws IOException {
    assertThat(wire().sendTo(host, "GET", "/api/runs").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "localhost.evil.example",
        "127.0.0.1.evil.example:8080",
        "evil.example:80@localhost",
        "192.0.2.1",
        "0.0.0.0",
        ""
      })
  void any_other_name_is_misdirected_so_that_no_page_reaches_the_service_by_its_own_name(
      String host) throws IOException {
    Answer answer = wire().sendTo(host, "GET", "/api/runs");

    assertThat(answer.status()).isIn(421, 400);
    assertThat(answer.body()).doesNotContain("\"pipeline\"");
  }

  @Test
  void a_misdirected_request_gets_a_problem_with_the_way_out() throws IOException {
    Answer answer = wire().sendTo("evil.example", "GET", "/api/runs");

    assertThat(answer.status()).isEqualTo(421);
    assertThat(answer.header("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("use localhost", "docs/security.md");

    Answer page = wire().sendTo("evil.example", "GET", "/", "Accept: text/html");
    assertThat(page.status()).isEqualTo(421);
    assertThat(page.body())
        .contains("<h1>The service has another name</h1>", "use localhost")
        .doesNotContain("iris");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site: cross-site, 403",
    "Sec-Fetch-Site: same-site, 403",
    "Sec-Fetch-Site: nonsense, 403",
    "Sec-Fetch-Site: same-origin, 409",
    "Sec-Fetch-Site: none, 409",
    "Origin: http://evil.example, 403",
    "Origin: null, 403",
    "Origin: http://localhost, 403",
    "X-Nothing: 1, 409",
  })
  void what_another_site_makes_a_browser_send_is_refused(String header, int status)
      throws IOException {
    assertThat(wire().send("POST", START, header).status()).isEqualTo(status);
  }

  @Test
  void a_form_of_this_service_is_taken_also_from_a_browser_that_gives_its_origin_only()
      throws IOException {
    String origin = "Origin: http://" + service.getAuthority();

    assertThat(wire().send("POST", START, origin).status()).isEqualTo(409);
    assertThat(wire().send("POST", START, origin, "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(403);
  }

  @Test
  void a_page_of_another_site_may_link_here() throws IOException {
    assertThat(wire().send("GET", "/api/runs", "Sec-Fetch-Site: cross-site").status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/runs", "/api/runs/r-none", "/nowhere", "/q/openapi"})
  void every_answer_tells_browsers_what_they_must_not_do(String path) throws IOException {
    Answer answer = wire().send("GET", path);

    assertThat(answer.header("Content-Security-Policy"))
        .contains(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    assertThat(answer.header("X-Frame-Options")).contains("DENY");
    assertThat(answer.header("Referrer-Policy")).contains("same-origin");
    assertThat(answer.header("Permissions-Policy").orElseThrow()).contains("camera=()");
    assertThat(answer.header("Cross-Origin-Opener-Policy")).contains("same-origin");
    assertThat(answer.header("Cross-Origin-Resource-Policy")).contains("same-origin");
    assertThat(answer.header("Cache-Control").orElseThrow())
        .as("the API lets its own client keep what it checks again by its ETag")
        .isIn("no-store", "private, no-cache");
    assertThat(answer.header("Strict-Transport-Security")).as("only under TLS").isEmpty();
  }

  @Test
  void the_refused_answer_has_them_too() throws IOException {
    assertThat(wire().sendTo("evil.example", "GET", "/").header("X-Frame-Options"))
        .contains("DENY");
  }

  @Test
  void the_scripts_of_the_page_that_shows_the_api_are_allowed_by_their_hashes()
      throws IOException, GeneralSecurityException {
    Answer page = wire().send("GET", "/q/swagger-ui/");
    assertThat(page.status()).isEqualTo(200);
    String policy = page.header("Content-Security-Policy").orElseThrow();

    assertThat(policy.replaceAll("style-src[^;]*;", "")).doesNotContain("unsafe");
    List<String> hashes = new ArrayList<>();
    for (MatchResult script : SCRIPT.matcher(page.body()).results().toList()) {
      hashes.add("'sha256-%s'".formatted(sha256(script.group(1))));
    }
    assertThat(hashes).isNotEmpty().allSatisfy(hash -> assertThat(policy).contains(hash));
    assertThat(page.body()).doesNotContain("<style", " style=", " onload=");
  }

  @Test
  void a_refused_body_does_not_hold_up_the_next_request_of_its_connection() throws IOException {
    Answer first =
        wire()
            .sendRaw(
                """
                POST /api/pipelines/iris/start HTTP/1.1\r
                Host: localhost\r
                Sec-Fetch-Site: cross-site\r
                Content-Length: 5\r
                \r
                helloGET /api/pipelines HTTP/1.1\r
                Host: localhost\r
                Connection: close\r
                \r
                """);

    assertThat(first.status()).isEqualTo(403);
    assertThat(first.body()).contains("HTTP/1.1 200 OK");
  }

  @Test
  void health_and_metrics_are_on_the_management_port_only() throws IOException {
    for (String path :
        List.of("/q/health", "/q/health/live", "/q/health/group/dependencies", "/q/metrics")) {
      assertThat(wire().send("GET", path).status()).as(path).isEqualTo(404);
      assertThat(new Wire(management).send("GET", path).status()).as(path).isIn(200, 503);
    }
    assertThat(new Wire(management).send("GET", "/api/runs").status()).isEqualTo(404);
  }

  @Test
  void too_large_a_request_is_refused_and_the_service_goes_on() throws IOException {
    int megabyte = 1024 * 1024;
    String host = service.getAuthority();

    assertThat(
            wire()
                .sendRaw(
                    "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n\r\n%s"
                        .formatted(START, host, megabyte, "x".repeat(megabyte)))
                .status())
        .as("a body")
        .isEqualTo(413);
    assertThat(wire().send("GET", "/api/runs", "X-Large: " + "x".repeat(megabyte)).status())
        .as("headers")
        .isIn(431, 0);
    assertThat(wire().send("GET", "/api/runs?" + "x".repeat(megabyte)).status())
        .as("an address")
        .isIn(414, 0);
    assertThat(wire().send("GET", "/api/runs").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/runs/%0d%0aSet-Cookie:%20a=b",
        "/api/pipelines/%0d%0aX-Injected:%20yes%0d%0a%0d%0a/plan",
        "/%0d%0aX-Injected:%20yes",
        "/nowhere?next=%0d%0aX-Injected:%20yes",
      })
  void a_line_break_in_an_address_makes_no_header(String path) throws IOException {
    Answer answer = wire().send("GET", path, "X-Forwarded-Host: evil.example");

    assertThat(answer.headers()).doesNotContainKeys("set-cookie", "x-injected");
    assertThat(answer.headers().values()).noneMatch(value -> value.contains("evil.example"));
  }

  @Test
  void another_site_s_script_gets_no_leave_to_read() throws IOException {
    Answer answer =
        wire()
            .send(
                "OPTIONS",
                "/api/runs",
                "Origin: http://evil.example",
                "Access-Control-Request-Method: POST");

    assertThat(answer.headers().keySet()).noneMatch(name -> name.startsWith("access-control"));
  }

  private static String sha256(String text) throws GeneralSecurityException {
    return Base64.getEncoder()
        .encodeToString(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private Wire wire() {
    return new Wire(service);
  }
}
