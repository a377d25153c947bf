package security;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.net.URI;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import testing.AbsentCloud;
import testing.KnownUsers;
import testing.Wire;
import testing.Wire.Answer;

/** Whoever is not let in gets a page if they look at one, and a way out; the whole service. */
@QuarkusTest
@TestProfile(KnownUsers.class)
@QuarkusTestResource(value = AbsentCloud.class, restrictToAnnotatedClass = true)
class RefusedPageTest {

  private static final String PAGE = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";
  private static final String ANNA = Wire.basic("anna", KnownUsers.ANNAS);
  private static final String BEN = Wire.basic("ben", KnownUsers.BENS);
  private static final Pattern ASSET =
      Pattern.compile("(?:src|href)=\"(/(?:assets|webjars)[^\"]*)\"");

  @TestHTTPResource("/")
  URI service;

  @Test
  void a_stranger_gets_a_page_whose_parts_need_no_sign_in_and_which_does_not_say_whose_it_is()
      throws IOException {
    Answer answer = wire().send("GET", "/", PAGE);

    assertPage(answer, 401, "You are not signed in", "Cannot answer: you are not signed in");
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Basic realm=");
    assertThat(answer.body()).contains(">Sign in</a>").doesNotContain("anonymous", "Sign out");
    assertThat(ASSET.matcher(answer.body()).results().map(found -> found.group(1)).toList())
        .hasSizeGreaterThan(3)
        .allSatisfy(path -> assertThat(wire().send("GET", path).status()).isEqualTo(200));
  }

  @Test
  void a_viewer_who_posts_a_form_reads_which_role_it_needs() throws IOException {
    Answer answer = wire().send("POST", "/pipelines/iris/pause", BEN, PAGE);

    assertPage(answer, 403, "You may not do that", "it needs the role operator");
    assertThat(answer.body()).contains("<span>ben <small>(viewer)</small></span>");
  }

  @Test
  void another_site_s_form_is_answered_by_a_page() throws IOException {
    Answer answer =
        wire().send("POST", "/pipelines/iris/pause", ANNA, PAGE, "Sec-Fetch-Site: cross-site");

    assertPage(answer, 403, "You may not do that", "another site has sent the request");
  }

  @Test
  void after_too_many_wrong_passwords_a_page_says_how_long_to_wait() throws IOException {
    Wire guesser = new Wire(service, "127.0.21.1");
    for (int i = 0; i < 10; i++) {
      assertThat(guesser.send("GET", "/", PAGE, Wire.basic("nobody" + i, "guess")).status())
          .isEqualTo(401);
    }

    Answer answer = guesser.send("GET", "/", PAGE, Wire.basic("nobody", "guess"));

    assertPage(answer, 429, "Too many sign-ins have failed", "try again in ");
    assertThat(answer.header("Retry-After")).isPresent();
  }

  @Test
  void a_form_without_a_sign_in_is_not_done_and_says_so() throws IOException {
    Answer answer = wire().send("POST", "/pipelines/iris/pause", PAGE);

    assertPage(answer, 401, "You are not signed in", "nothing was done; sign in and do it again");
    assertThat(wire().send("GET", "/api/pipelines/iris", ANNA).body()).doesNotContain("\"paused\"");
  }

  @Test
  void a_part_of_a_page_and_a_program_get_a_problem() throws IOException {
    for (String header :
        new String[] {"Accept: text/event-stream", "Accept: */*", "X-Nothing: 1"}) {
      assertThat(wire().send("GET", "/live?page=/", header).header("Content-Type"))
          .contains("application/problem+json");
    }
    assertThat(wire().send("GET", "/", PAGE, "HX-Request: true").header("Content-Type"))
        .contains("application/problem+json");
    assertThat(wire().send("GET", "/api/runs", PAGE).header("Content-Type"))
        .contains("application/problem+json");
  }

  @Test
  void who_is_signed_in_sees_as_whom_and_may_leave() throws IOException {
    assertThat(wire().send("GET", "/", PAGE, ANNA).body())
        .contains("<span>anna <small>(operator)</small></span><a href=\"/sign-out\">Sign out</a>");
    assertThat(wire().send("GET", "/api/caller", BEN).body())
        .isEqualTo("{\"name\":\"ben\",\"role\":\"VIEWER\"}");
  }

  @Test
  void who_leaves_is_asked_for_a_password_so_that_the_browser_forgets_the_one_it_has()
      throws IOException {
    Answer answer = wire().send("GET", "/sign-out", PAGE, BEN, "Sec-Fetch-Site: same-origin");

    assertPage(answer, 401, "Signed out", "Not every browser does so: close it to be certain.");
    assertThat(answer.header("WWW-Authenticate").orElseThrow()).startsWith("Basic realm=");
    assertThat(answer.body()).doesNotContain("<span>ben");
  }

  @Test
  void only_a_page_of_this_service_signs_people_out() throws IOException {
    String here = "Referer: http://%s/runs".formatted(service.getAuthority());
    assertThat(wire().send("GET", "/sign-out", PAGE, BEN, here).body()).contains("Signed out");
    for (String header :
        new String[] {
          "Sec-Fetch-Site: cross-site",
          "Sec-Fetch-Site: same-site",
          "Referer: http://evil.example/",
          "X-Nothing: 1"
        }) {
      assertPage(
          wire().send("GET", "/sign-out", PAGE, BEN, header),
          403,
          "You may not do that",
          "Cannot sign you out");
    }
    for (String path :
        new String[] {"/sign-out/", "/%73ign-out", "/sign-out;now=1", "//sign-out"}) {
      assertThat(wire().send("GET", path, PAGE, BEN, "Sec-Fetch-Site: cross-site").body())
          .as(path)
          .doesNotContain("Signed out");
    }
  }

  private static void assertPage(Answer answer, int status, String title, String sentence) {
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type").orElseThrow()).matches("text/html; ?charset=UTF-8");
    assertThat(answer.header("Content-Security-Policy").orElseThrow())
        .contains("default-src 'none'");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.body())
        .startsWith("<!DOCTYPE html>")
        .contains("<h1>" + title + "</h1>", sentence, "/assets/app.css")
        .doesNotContain("http-equiv=\"refresh\"");
  }

  private Wire wire() {
    return new Wire(service);
  }
}
