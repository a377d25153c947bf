package configuration;

import static configuration.Reading.pipeline;
import static configuration.Reading.problems;
import static org.assertj.core.api.Assertions.assertThat;

import batch.GroupPattern;
import batch.Grouping;
import batch.Marker;
import java.time.Duration;
import java.util.Optional;
import landing.LandingSettings.OnOverwrite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import pipeline.Pipeline;
import testing.Configuration;

/** What is configured of batches and of objects that are overwritten. */
class BatchPropertiesTest {

  @Test
  void objects_are_all_alike_and_loaded_again_unless_configured_otherwise() {
    Pipeline pipeline = pipeline(Configuration.ofPipeline("x"));

    assertThat(pipeline.batch().grouping()).isEqualTo(Grouping.NONE);
    assertThat(pipeline.landing().onOverwrite()).isEqualTo(OnOverwrite.LOAD_AGAIN);
  }

  @Test
  void a_pattern_and_a_marker_reach_their_places() {
    Pipeline pipeline =
        pipeline(
            Configuration.ofPipeline("x")
                .with("pipelines.x.batch.group-by", "day=(\\d+)/$")
                .with("pipelines.x.batch.marker", ".done")
                .with("pipelines.x.batch.max-wait", "2h")
                .with("pipelines.x.landing.on-overwrite", "fail"));

    assertThat(pipeline.batch().grouping())
        .isEqualTo(
            new Grouping(
                Optional.of(new GroupPattern("day=(\\d+)/$")),
                Optional.of(new Marker(".done")),
                Optional.of(Duration.ofHours(2))));
    assertThat(pipeline.landing().onOverwrite()).isEqualTo(OnOverwrite.FAIL);
  }

  @Test
  void with_a_marker_no_object_is_taken_by_age_unless_an_age_is_set() {
    Pipeline pipeline =
        pipeline(Configuration.ofPipeline("x").with("pipelines.x.batch.marker", "_SUCCESS"));

    assertThat(pipeline.batch().grouping().unmarkedFor()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "batch.group-by, '([', 'is ''(['', which is no regular expression'",
    "batch.group-by, (a)(b), with 2 capturing groups",
    "batch.marker, a/_SUCCESS, write the name of an object without its folder",
    "landing.on-overwrite, skip, 'is ''skip''; write one of fail, ignore, load-again'"
  })
  void what_cannot_be_is_refused(String property, String value, String problem) {
    assertThat(problems(Configuration.ofPipeline("x").with("pipelines.x." + property, value)))
        .singleElement()
        .asString()
        .startsWith("pipelines.x." + property)
        .contains(problem);
  }

  @ParameterizedTest
  @CsvSource({
    "landing.on-overwrite, ignore",
    "landing.on-overwrite, fail",
    "batch.group-by, day=([0-9]+)"
  })
  void a_pipeline_that_reads_the_whole_prefix_can_keep_nothing_in_it_apart(
      String property, String value) {
    assertThat(
            problems(
                Configuration.ofPipeline("x")
                    .with("pipelines.x." + property, value)
                    .with("pipelines.x.curated.mode", "replace")))
        .singleElement()
        .asString()
        .startsWith("pipelines.x." + property)
        .contains("curated.mode=replace");
  }

  @Test
  void a_pipeline_that_reads_the_whole_prefix_may_have_a_marker() {
    assertThat(
            pipeline(
                    Configuration.ofPipeline("x")
                        .with("pipelines.x.batch.marker", "_SUCCESS")
                        .with("pipelines.x.curated.mode", "replace"))
                .batch()
                .grouping()
                .marker())
        .contains(new Marker("_SUCCESS"));
  }
}
