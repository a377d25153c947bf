package web;

import static org.assertj.core.api.Assertions.assertThat;

import api.ApiProfile;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Api;

/** The forms that operators fill in. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class FormsTest {

  private static final Pattern KEY = Pattern.compile("name=\"key\" value=\"([^\"]+)\"");

  @TestHTTPResource("/")
  URI service;

  @AfterEach
  void resume() throws Exception {
    new Api(service).post("api/pipelines/iris/resume");
  }

  @Test
  void a_form_that_is_sent_twice_acts_once() throws Exception {
    String key = key("pipelines/iris/pause");
    String body = "reason=sent+twice&key=" + key;

    HttpResponse<String> first = post("pipelines/iris/pause", body);
    HttpResponse<String> second = post("pipelines/iris/pause", body);

    assertThat(first.statusCode()).isEqualTo(303).isEqualTo(second.statusCode());
    assertThat(second.headers().map().get("location"))
        .isEqualTo(first.headers().map().get("location"));
    assertThat(new Api(service).get("api/audit?limit=2").body().split("sent twice", -1))
        .as("one request in the audit")
        .hasSize(2);
    assertThat(key("pipelines/iris/pause")).as("each form has its own").isNotEqualTo(key);
  }

  @Test
  void what_follows_a_form_is_a_path_that_a_proxy_cannot_turn_into_another_address()
      throws Exception {
    assertThat(post("pipelines/iris/pause", "reason=why").headers().firstValue("Location"))
        .hasValue("/pipelines/iris?done=pause");
    assertThat(new Api(service).get("pipelines/iris?done=pause").body())
        .contains("The pipeline is paused.");
  }

  @Test
  void a_form_that_was_refused_keeps_what_was_typed() throws Exception {
    HttpResponse<String> question = post("pipelines/iris/start", "reason=why+%22not%22+%3Cb%3E");
    assertThat(question.statusCode()).isEqualTo(409);
    assertThat(question.body())
        .contains("Cannot start pipeline iris", "value=\"why &quot;not&quot; &lt;b&gt;\"");

    HttpResponse<String> backfill =
        post(
            "pipelines/iris/backfill",
            "prefix=iris%2F2025&from=&until=&max-objects=7&max-bytes=&max-runs=&reason=late");
    assertThat(backfill.statusCode()).isEqualTo(409);
    assertThat(backfill.body())
        .contains("value=\"iris/2025\"", "value=\"7\"", "value=\"late\"", "Cannot backfill");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "runs/r-1/delete",
        "runs/r-1/start",
        "pipelines/iris/cancel",
        "pipelines/iris/stop",
        "backfills/b-1/discard"
      })
  void a_word_that_is_no_operation_does_nothing(String path) throws Exception {
    assertThat(post(path, "reason=why").statusCode()).isEqualTo(404);
  }

  @Test
  void a_page_that_is_not_named_cannot_be_followed() throws Exception {
    assertThat(new Api(service).get("live").statusCode()).isEqualTo(404);
  }

  private String key(String path) throws Exception {
    Matcher key = KEY.matcher(new Api(service).get(path).body());
    assertThat(key.find()).isTrue();
    return key.group(1);
  }

  private HttpResponse<String> post(String path, String form) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(service.resolve("/" + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "text/html")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
