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
}
