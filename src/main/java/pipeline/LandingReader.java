package pipeline;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingSettings;

/** Reads how a pipeline's landing prefix is listed, and what becomes of what was taken from it. */
final class LandingReader {

  private final Properties properties;

  /**
   * @param properties those of the pipeline
   */
  LandingReader(Properties properties) {
    this.properties = properties;
  }

  LandingSettings read(String bucket, String prefix) {
    Duration poll =
        properties.duration("landing.poll", Duration.ofSeconds(1)).orElse(Duration.ofSeconds(30));
    AfterSuccess afterSuccess =
        properties
            .oneOf(
                "landing.after-success",
                Map.of(
                    "keep", AfterSuccess.KEEP,
                    "archive", AfterSuccess.ARCHIVE,
                    "delete", AfterSuccess.DELETE))
            .orElse(AfterSuccess.KEEP);
    return new LandingSettings(
        bucket,
        prefix,
        poll,
        properties
            .oneOf("landing.accept-unknown-runs", Map.of("true", true, "false", false))
            .orElse(false),
        afterSuccess,
        archivePrefix(afterSuccess, prefix),
        order(poll),
        new BatchReader(properties).onOverwrite(),
        properties.parsed("landing.since", LandingReader::time));
  }

  private static Instant time(String written) {
    try {
      return OffsetDateTime.parse(written).toInstant();
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "is '%s'; write a time with its offset, for instance 2026-01-01T00:00:00Z"
              .formatted(written),
          e);
    }
  }

  private Optional<String> archivePrefix(AfterSuccess afterSuccess, String landing) {
    String property = "landing.archive-prefix";
    Optional<String> archive = properties.text(property);
    if (afterSuccess != AfterSuccess.ARCHIVE) {
      if (archive.isPresent()) {
        properties.problem(
            property, "is set, but landing.after-success is not archive; keep both or neither");
      }
      return Optional.empty();
    }
    if (archive.isEmpty()) {
      properties.problem(
          property,
          "is not set; write what is to be put before the keys of archived objects, for instance archive/");
    }
    archive
        .filter(written -> !written.endsWith("/") || written.startsWith("/"))
        .ifPresent(
            written ->
                properties.problem(
                    property,
                    "is '%s'; it must end with a slash and not begin with one".formatted(written)));
    archive
        .filter(written -> PipelineReader.overlap(written, landing))
        .ifPresent(
            written ->
                properties.problem(
                    property,
                    "is '%s', and what is archived would land again; keep it apart from landing.prefix '%s'"
                        .formatted(written, landing)));
    return archive;
  }

  private KeyOrder order(Duration poll) {
    boolean isAscending =
        properties.oneOf("landing.keys", Map.of("any", false, "ascending", true)).orElse(false);
    Optional<Duration> lookBack = properties.duration("landing.look-back", Duration.ZERO);
    Optional<Duration> relist = properties.duration("landing.relist", Duration.ofMinutes(1));
    if (isAscending) {
      return new KeyOrder(
          true, lookBack.orElse(Duration.ofHours(1)), relist.orElse(Duration.ofHours(24)));
    }
    if (lookBack.isPresent() || relist.isPresent()) {
      properties.problem(
          "landing.keys",
          "is not ascending, so that every poll lists the whole prefix; take away landing.look-back and landing.relist");
    }
    return KeyOrder.any(poll);
  }
}
