package configuration;

import batch.BatchLimits;
import batch.GroupPattern;
import batch.Grouping;
import batch.Marker;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import landing.LandingSettings.OnOverwrite;
import pipeline.Pipeline;
import warehouse.WarehouseSettings.Mode;

/** Reads when a pipeline's objects become a run, with all defaults. */
final class BatchReader {

  static final String MARKER = "batch.marker";

  private static final long GIB = 1L << 30;

  private final Properties properties;

  /**
   * @param properties those of the pipeline
   */
  BatchReader(Properties properties) {
    this.properties = properties;
  }

  BatchLimits read() {
    Optional<Duration> maxWait = properties.duration("batch.max-wait", Duration.ZERO);
    Optional<Marker> marker = properties.parsed(MARKER, Marker::new);
    return new BatchLimits(
        properties.count("batch.max-objects", 1).orElse(1_000),
        properties.number("batch.max-bytes", 1).orElse(64 * GIB),
        maxWait.orElse(Duration.ofMinutes(1)),
        new Grouping(
            properties.parsed("batch.group-by", GroupPattern::new),
            marker,
            marker.isPresent() ? maxWait : Optional.empty()));
  }

  OnOverwrite onOverwrite() {
    return properties
        .oneOf(
            "landing.on-overwrite",
            Map.of(
                "load-again", OnOverwrite.LOAD_AGAIN,
                "ignore", OnOverwrite.IGNORE,
                "fail", OnOverwrite.FAIL))
        .orElse(OnOverwrite.LOAD_AGAIN);
  }

  /** If each run reads the whole landing prefix, its objects cannot be kept apart. */
  void refuseWhatReplaceCannotDo(Pipeline pipeline) {
    if (pipeline.warehouse().mode() != Mode.REPLACE) {
      return;
    }
    if (pipeline.landing().onOverwrite() != OnOverwrite.LOAD_AGAIN) {
      properties.problem(
          "landing.on-overwrite",
          "is not load-again, and with curated.mode=replace each run reads all that is in the landing prefix as it is then; take one of the two away");
    }
    if (pipeline.batch().grouping().groupBy().isPresent()) {
      properties.problem(
          "batch.group-by",
          "is set, and with curated.mode=replace each run reads all that is in the landing prefix, of whatever group; take one of the two away");
    }
  }
}
