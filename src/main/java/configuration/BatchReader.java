package configuration;

import batch.BatchLimits;
import batch.GroupPattern;
import batch.Grouping;
import batch.Marker;
import java.time.Duration;
import java.util.Optional;

/** Reads when a pipeline's objects become a run, with all defaults. */
record BatchReader(Properties properties) {

  static final String MARKER = "batch.marker";

  private static final long GIB = 1L << 30;
  private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

  BatchLimits read() {
    Optional<Duration> maxWait = properties.duration("batch.max-wait", Duration.ZERO);
    Optional<Marker> marker = properties.parsed(MARKER, Marker::new);
    return new BatchLimits(
        properties.orElse("batch.max-objects", properties.count("batch.max-objects", 1), 1_000),
        properties.orElse("batch.max-bytes", properties.number("batch.max-bytes", 1), 64 * GIB),
        marker.isPresent()
            ? maxWait.orElse(USUAL_WAIT)
            : properties.orElse("batch.max-wait", maxWait, USUAL_WAIT),
        new Grouping(
            properties.parsed("batch.group-by", GroupPattern::new),
            marker,
            marker.isPresent() ? maxWait : Optional.empty()));
  }
}
