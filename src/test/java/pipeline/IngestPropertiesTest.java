package pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import landing.IngestSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Configuration;

/** What a pipeline's properties {@code ingest.*} mean, and what is refused. */
class IngestPropertiesTest {

  @Test
  void the_object_is_called_as_the_url_s_last_part() {
    assertThat(pipeline("https://data.example.com/a%20b/orders.csv.gz?day=1").ingest())
        .contains(
            new IngestSettings(
                "https://data.example.com/a%20b/orders.csv.gz?day=1",
                "orders.csv.gz", 50_000_000_000L));
  }

  @Test
  void without_a_url_objects_are_collected_as_they_land() {
    assertThat(Reading.pipeline(Configuration.ofPipeline("p")).ingest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:hunter2@example.com/a.csv",
        "https://user@example.com/a.csv",
        "https://example.com/a.csv?X-Amz-Signature=hunter2",
        "https://example.com/a.csv?sv=1&sig=hunter2",
        "https://example.com/a.csv?access_token=hunter2",
        "https://example.com/a.csv?api_key=hunter2",
        "file:///etc/hunter2",
        "ftp://example.com/hunter2.csv",
        "https:///hunter2.csv",
        "https://example.com/hunter2 a.csv",
        "https://example.com/a.csv#hunter2",
        "-K/etc/hunter2"
      })
  void a_url_that_is_none_or_carries_a_credential_is_refused_without_repeating_it(String url) {
    assertThat(Reading.problems(with("ingest.url", url)))
        .singleElement()
        .asString()
        .startsWith("pipelines.p.ingest.url ")
        .doesNotContain("hunter2");
  }

  @Test
  void a_url_that_ends_in_no_name_wants_one() {
    assertThat(Reading.problems(with("ingest.url", "https://example.com/")))
        .singleElement()
        .asString()
        .startsWith("pipelines.p.ingest.name is not set");
  }

  @Test
  void what_is_said_of_an_ingestion_that_is_none_is_refused() {
    assertThat(
            Reading.problems(
                with("ingest.name", "a/b").with("pipelines.p.ingest.max-bytes", "5497558138881")))
        .anyMatch(problem -> problem.startsWith("pipelines.p.ingest.name is 'a/b'"))
        .anyMatch(problem -> problem.startsWith("pipelines.p.ingest.max-bytes"))
        .anyMatch(problem -> problem.startsWith("pipelines.p.ingest.url is not set"));
  }

  @Test
  void a_landing_prefix_that_a_manifest_would_have_to_escape_is_refused() {
    assertThat(
            Reading.problems(
                with("ingest.url", "https://example.com/a")
                    .with("pipelines.p.landing.prefix", "a\"b/")))
        .singleElement()
        .asString()
        .startsWith("pipelines.p.landing.prefix is 'a\"b/'");
  }

  private static Configuration with(String property, String value) {
    return Configuration.ofPipeline("p").with("pipelines.p." + property, value);
  }

  private static Pipeline pipeline(String url) {
    return Reading.pipeline(with("ingest.url", url));
  }
}
