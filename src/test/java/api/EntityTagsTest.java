package api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read has a tag, and is not sent again to a client that has it. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class EntityTagsTest {

  @TestHTTPResource("/")
  URI service;

  @ParameterizedTest
  @ValueSource(
      strings = {"api/orphan-clusters", "api/pipelines/iris/set-aside", "api/runs?pipeline=none"})
  void a_client_that_has_the_content_gets_a_304_without_it(String path) throws Exception {
    ServedApi api = new ServedApi(service);
    HttpResponse<String> first = api.get(path);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/json");
    assertThat(first.body()).isEqualTo("[]");

    HttpResponse<String> again = api.get(path, "If-None-Match", "\"other\", " + tag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).hasValue(tag);
    assertThat(api.get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
  }
}
