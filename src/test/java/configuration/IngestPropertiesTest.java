package configuration;

import static org.assertj.core.api.Assertions.assertThat;

import batch.Fetcher;
import ingest.IngestSettings;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.Pipeline;
import testing.Configuration;
import testing.Models;

/** What a pipeline's properties {@code ingest.*} mean, and what is refused. */
class IngestPropertiesTest {

  @Test
  void the_object_is_called_as_the_url_s_last_part() {
    assertThat(pipeline("https://data.example.com/a%20b/orders.csv.gz?day=1").ingest())
        .contains(
            Models.ingest(
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
  void the_service_fetches_if_configured_so_and_compares_a_hash() {
    String hash = "0123456789abcdefABCDEF".repeat(3).substring(0, 64);
    assertThat(
            Reading.pipeline(
                    with("ingest.url", "https://example.com/a.csv")
                        .with("pipelines.p.ingest.by", "service")
                        .with("pipelines.p.ingest.sha256", hash))
                .ingest())
        .contains(
            new IngestSettings(
                "https://example.com/a.csv",
                "a.csv",
                50_000_000_000L,
                Fetcher.SERVICE,
                Optional.of(hash.toLowerCase(Locale.ROOT))));
  }

  @Test
  void what_only_one_of_the_fetchers_can_do_is_refused_of_the_other() {
    Configuration url = with("ingest.url", "https://example.com/a.csv");
    assertThat(Reading.problems(url.with("pipelines.p.ingest.sha256", "0".repeat(64))))
        .singleElement()
        .asString()
        .startsWith("pipelines.p.ingest.sha256 is set, but only the service compares it");
    assertThat(
            Reading.problems(
                with("ingest.url", "https://example.com/a.csv")
                    .with("pipelines.p.ingest.by", "service")
                    .with("pipelines.p.ingest.sha256", "abc")
                    .with("pipelines.p.ingest.max-bytes", "167772160001")))
        .anyMatch(problem -> problem.startsWith("pipelines.p.ingest.sha256 is 'abc'"))
        .anyMatch(problem -> problem.startsWith("pipelines.p.ingest.max-bytes is '167772160001'"));
    assertThat(Reading.problems(with("ingest.by", "service")))
        .singleElement()
        .asString()
        .startsWith("pipelines.p.ingest.url is not set");
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
