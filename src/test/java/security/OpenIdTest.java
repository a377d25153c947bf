package security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.smallrye.jwt.build.Jwt;
import java.io.IOException;
import java.net.URI;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import testing.AbsentCloud;
import testing.OpenIdProvider;
import testing.Wire;
import testing.Wire.Answer;

/** An OpenID provider says who may enter; the whole service, and a provider. */
@QuarkusTest
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OpenIdProvider.class, restrictToAnnotatedClass = true)
class OpenIdTest {

  private static final String START = "/api/pipelines/iris/start";
  private static final String PAGE = "Accept: text/html";

  @TestHTTPResource("/")
  URI service;

  @Test
  void a_program_shows_a_token_and_does_what_its_role_says() throws IOException {
    assertThat(wire().send("POST", START, bearer("alice", "admin")).status()).isEqualTo(409);
    assertThat(wire().send("GET", "/api/audit?limit=1", bearer("ben", "user")).body())
        .contains("\"actor\":\"alice\"", "\"role\":\"OPERATOR\"");
    assertThat(wire().send("POST", START, bearer("ben", "user")).status()).isEqualTo(403);
    assertThat(wire().send("GET", "/api/runs", bearer("mallory", "guest")).status())
        .as("the provider knows them, and gives them no role")
        .isEqualTo(403);
  }

  @Test
  void without_a_token_or_with_one_that_is_none_a_program_gets_a_problem() throws IOException {
    for (String header : Set.of("X-Nothing: 1", "Authorization: Bearer nonsense", PAGE)) {
      Answer answer = wire().send("GET", "/api/runs", header);

      assertThat(answer.status()).as(header).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
      assertThat(answer.header("Content-Type")).contains("application/problem+json");
    }
    assertThat(wire().send("GET", "/runs", PAGE, "HX-Request: true").status()).isEqualTo(401);
  }

  @Test
  void a_browser_signs_in_on_the_provider_s_page_and_keeps_a_session_that_no_other_site_sends()
      throws IOException {
    Answer asked = wire().send("GET", "/", PAGE);
    assertThat(asked.status()).isEqualTo(302);
    String login = asked.header("Location").orElseThrow();
    assertThat(login).contains("/realms/quarkus", "response_type=code");
    String state = cookie(asked);

    Answer back =
        wire()
            .send(
                "GET",
                "/?state=%s&code=any".formatted(parameter(login, "state")),
                PAGE,
                "Cookie: " + state);
    String session = back.header("Set-Cookie").orElseThrow();

    assertThat(back.status()).isEqualTo(302);
    assertThat(session).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Lax");
    assertThat(wire().send("GET", "/api/runs", "Cookie: " + cookie(back)).status()).isEqualTo(200);
    assertThat(
            wire()
                .send("POST", START, "Cookie: " + cookie(back), "Sec-Fetch-Site: cross-site")
                .status())
        .isEqualTo(403);
  }

  @Test
  void who_leaves_has_no_session_afterwards() throws IOException {
    String session = session();

    Answer left =
        wire().send("GET", "/sign-out", PAGE, "Cookie: " + session, "Sec-Fetch-Site: same-origin");

    assertThat(left.status()).isEqualTo(200);
    assertThat(left.body()).contains("<h1>Signed out</h1>", "Your session here has ended.");
    assertThat(left.header("Set-Cookie").orElseThrow())
        .startsWith("q_session=;")
        .containsIgnoringCase("Max-Age=0");
    assertThat(
            wire()
                .send("GET", "/sign-out", PAGE, "Cookie: " + session, "Sec-Fetch-Site: cross-site")
                .header("Set-Cookie"))
        .as("another site cannot do so")
        .isEmpty();
  }

  @Test
  void a_form_that_is_posted_after_the_session_has_ended_is_not_done_and_says_so()
      throws IOException {
    Answer form = wire().send("POST", "/pipelines/iris/pause", PAGE);

    assertThat(form.status()).isEqualTo(401);
    assertThat(form.header("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(form.body())
        .contains("<h1>You are not signed in</h1>", "nothing was done; sign in and do it again");
  }

  @Test
  void a_token_that_expires_ends_its_streams_and_what_it_posts_is_refused() throws IOException {
    String token =
        Jwt.preferredUserName("alice")
            .groups(Set.of("admin"))
            .issuer("https://server.example.com")
            .audience("any")
            .subject("123456")
            .expiresIn(5)
            .jws()
            .keyId("1")
            .sign("privateKey.jwk");
    String authorization = "Authorization: Bearer " + token;
    assertThat(wire().send("GET", "/api/caller", authorization).body())
        .isEqualTo("{\"name\":\"alice\",\"role\":\"OPERATOR\"}");

    Answer followed =
        wire().send("GET", "/live?page=/&state=x", authorization, "Accept: text/event-stream");

    assertThat(followed.body()).as("it has begun, and has ended").contains("event:stale");
    Answer posted = wire().send("POST", "/api/pipelines/iris/pause", authorization);
    assertThat(posted.status()).isEqualTo(401);
    assertThat(posted.header("Content-Type")).contains("application/problem+json");
    assertThat(wire().send("GET", "/api/pipelines/iris", bearer("ben", "user")).body())
        .as("nothing was half done")
        .doesNotContain("\"paused\"");
  }

  /** Signs in on the provider's page. */
  private String session() throws IOException {
    Answer asked = wire().send("GET", "/", PAGE);
    String login = asked.header("Location").orElseThrow();
    return cookie(
        wire()
            .send(
                "GET",
                "/?state=%s&code=any".formatted(parameter(login, "state")),
                PAGE,
                "Cookie: " + cookie(asked)));
  }

  private static String bearer(String name, String group) {
    return "Authorization: Bearer " + OidcWiremockTestResource.getAccessToken(name, Set.of(group));
  }

  private static String cookie(Answer answer) {
    return answer.header("Set-Cookie").orElseThrow().replaceAll(";.*", "");
  }

  private static String parameter(String uri, String name) {
    Matcher found = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(uri);
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  private Wire wire() {
    return new Wire(service);
  }
}
