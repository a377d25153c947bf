package configuration;

import static configuration.Reading.pipeline;
import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Configuration;

/** How a landing prefix is listed, and what becomes of what was taken from it. */
class LandingPropertiesTest {

  private static final String P = "pipelines.sales.landing.";

  @Test
  void objects_stay_and_each_poll_lists_the_whole_prefix_unless_configured_otherwise() {
    assertThat(pipeline(Configuration.ofPipeline("sales")).landing())
        .satisfies(
            landing -> {
              assertThat(landing.afterSuccess()).isEqualTo(AfterSuccess.KEEP);
              assertThat(landing.archivePrefix()).isEmpty();
              assertThat(landing.order()).isEqualTo(KeyOrder.ANY);
            });
  }

  @Test
  void archiving_and_ascending_keys_are_read_with_their_defaults() {
    assertThat(
            pipeline(archiving("done/").with(P + "keys", "ascending").with(P + "look-back", "10m"))
                .landing())
        .satisfies(
            landing -> {
              assertThat(landing.afterSuccess()).isEqualTo(AfterSuccess.ARCHIVE);
              assertThat(landing.archivePrefix()).isEqualTo(Optional.of("done/"));
              assertThat(landing.order())
                  .isEqualTo(new KeyOrder(true, Duration.ofMinutes(10), Duration.ofHours(24)));
            });
  }

  @Test
  void what_is_older_than_since_does_not_land_by_itself() {
    LandingSettings landing =
        pipeline(Configuration.ofPipeline("sales").with(P + "since", "2026-01-01T01:00:00+01:00"))
            .landing();

    assertThat(landing.isRecent(Instant.parse("2026-01-01T00:00:00Z"))).isTrue();
    assertThat(landing.isRecent(Instant.parse("2025-12-31T23:59:59Z"))).isFalse();
    assertThat(problems(Configuration.ofPipeline("sales").with(P + "since", "2026-01-01")))
        .singleElement()
        .asString()
        .contains("landing.since is '2026-01-01'; write a time with its offset");
    assertThat(
            problems(
                Configuration.ofPipeline("sales")
                    .with(P + "since", "2026-01-01T00:00:00Z")
                    .with("pipelines.sales.curated.mode", "replace")))
        .singleElement()
        .asString()
        .contains("landing.since is set, but with curated.mode=replace");
  }

  @Test
  void patterns_say_which_keys_land_and_a_marker_is_always_seen() {
    LandingSettings landing =
        pipeline(
                Configuration.ofPipeline("sales")
                    .with(P + "include", "*.csv, 2026/**/*.{json,jsonl}")
                    .with(P + "exclude", "*-test.csv")
                    .with("pipelines.sales.batch.marker", "_SUCCESS"))
            .landing();

    assertThat(Stream.of("a.csv", "x/y/b.csv", "2026/c.json", "2026/11/28/d.jsonl", "z/_SUCCESS"))
        .allMatch(path -> landing.takes("sales/" + path));
    assertThat(Stream.of("a.txt", "a-test.csv", "x/b-test.csv", "2025/c.json", "a.csv/"))
        .noneMatch(path -> landing.takes("sales/" + path));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "include; *.{csv; a brace is not closed",
        "include; a[; a bracket is not closed",
        "include; a]; a bracket or brace is not opened",
        "include; *.csv,,b; no key matches it",
        "include; /a/*.csv; no key matches it",
        "include; a/; no key matches it",
        "include; sales/*.csv; begins with landing.prefix; patterns are compared",
        "include; _SUCCESS; which no object with data matches",
        "include; .csv; write *.csv for an ending",
        "exclude; **; which leaves nothing of what lands",
        "exclude; **/*; which leaves nothing of what lands",
      })
  void a_pattern_that_is_not_sound_or_can_never_match_is_refused_at_start(
      String property, String pattern, String problem) {
    assertThat(problems(Configuration.ofPipeline("sales").with(P + property, pattern)))
        .singleElement()
        .asString()
        .startsWith(P + property)
        .contains(problem);
  }

  @Test
  void patterns_that_leave_nothing_together_or_mean_nothing_are_refused() {
    assertThat(
            problems(
                Configuration.ofPipeline("sales")
                    .with(P + "include", "*.csv")
                    .with(P + "exclude", "*.json,*.csv")))
        .singleElement()
        .asString()
        .contains("which leaves nothing of what the same pattern of landing.include wants");
    assertThat(
            problems(
                Configuration.ofPipeline("sales")
                    .with(P + "exclude", "*.json")
                    .with("pipelines.sales.ingest.url", "https://example.com/a.csv")))
        .singleElement()
        .asString()
        .contains("take landing.include and landing.exclude away");
  }

  @Test
  void a_prefix_is_listed_as_often_as_its_pages_allow_unless_configured_otherwise() {
    LandingSettings free = pipeline(Configuration.ofPipeline("sales")).landing();
    LandingSettings fixed =
        pipeline(Configuration.ofPipeline("sales").with(P + "poll", "7s")).landing();

    assertThat(free.pause(1, false)).isEqualTo(Duration.ofSeconds(2));
    assertThat(free.pause(10, false)).isEqualTo(Duration.ofSeconds(20));
    assertThat(free.pause(100_000, false)).isEqualTo(Duration.ofMinutes(15));
    assertThat(free.pause(1, true)).as("with events").isEqualTo(Duration.ofSeconds(30));
    assertThat(free.pause(100, true)).isEqualTo(Duration.ofSeconds(200));
    assertThat(fixed.pause(100, true)).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void an_archive_is_refused_where_it_would_land_again_or_lie_among_the_output() {
    assertThat(problems(archiving("sales/done/")))
        .singleElement()
        .asString()
        .contains("archive-prefix is 'sales/done/', and what is archived would land again");
    assertThat(problems(archiving("/done/"))).singleElement().asString().contains("end with");
    assertThat(
            problems(
                archiving("curated/done/")
                    .with("pipelines.sales.curated.bucket", "landing")
                    .with("pipelines.sales.curated.prefix", "curated/")))
        .singleElement()
        .asString()
        .contains("archive-prefix is 'curated/done/' in the bucket of the curated files");
    assertThat(
            problems(
                archiving("_work/done/")
                    .with("pipelines.sales.curated.bucket", "landing")
                    .with("pipelines.sales.curated.prefix", "curated/")))
        .singleElement()
        .asString()
        .contains("keep it apart from 'curated/' and '_work/'");
  }

  @Test
  void an_archive_and_its_prefix_come_together() {
    assertThat(problems(Configuration.ofPipeline("sales").with(P + "after-success", "archive")))
        .singleElement()
        .asString()
        .contains("archive-prefix is not set");
    assertThat(problems(Configuration.ofPipeline("sales").with(P + "archive-prefix", "done/")))
        .singleElement()
        .asString()
        .contains("landing.after-success is not archive");
  }

  @Test
  void what_every_run_reads_again_is_not_cleared() {
    assertThat(
            problems(
                Configuration.ofPipeline("sales")
                    .with(P + "after-success", "delete")
                    .with("pipelines.sales.curated.mode", "replace")))
        .singleElement()
        .asString()
        .contains("landing.after-success is not keep", "reads the whole landing prefix");
  }

  @Test
  void what_another_pipeline_reads_is_not_cleared_and_not_archived_to() {
    assertThat(
            problems(
                Configuration.ofPipeline("sales")
                    .with(P + "after-success", "delete")
                    .withPipeline("eu")
                    .with("pipelines.eu.landing.prefix", "sales/eu/")))
        .singleElement()
        .asString()
        .contains("pipeline eu reads objects of the same landing prefix");
    assertThat(problems(archiving("eu/old/").withPipeline("eu")))
        .singleElement()
        .asString()
        .contains("archive-prefix is where objects of pipeline eu land");
  }

  @Test
  void a_look_back_without_ascending_keys_is_refused() {
    assertThat(problems(Configuration.ofPipeline("sales").with(P + "relist", "1h")))
        .singleElement()
        .asString()
        .contains("landing.keys is not ascending");
  }

  private static Configuration archiving(String prefix) {
    return Configuration.ofPipeline("sales")
        .with(P + "after-success", "archive")
        .with(P + "archive-prefix", prefix);
  }
}
