package configuration;

import batch.HiddenKey;
import batch.KeyPattern;
import batch.Marker;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landing.AfterSuccess;
import landing.KeyFilter;
import landing.KeyOrder;
import landing.LandingSettings;
import landing.LandingSettings.OnSameContent;

/** Reads how a pipeline's landing prefix is listed, and what happens to loaded objects. */
final class LandingReader {

  private final Properties properties;

  /**
   * @param properties those of the pipeline
   */
  LandingReader(Properties properties) {
    this.properties = properties;
  }

  LandingSettings read(String bucket, String prefix) {
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
        filter(prefix),
        properties.duration("landing.poll", Duration.ofSeconds(1)),
        properties
            .oneOf("landing.accept-unknown-runs", Map.of("true", true, "false", false))
            .orElse(false),
        afterSuccess,
        archivePrefix(afterSuccess, prefix),
        order(),
        new BatchReader(properties).onOverwrite(),
        properties
            .oneOf(
                "landing.same-content",
                Map.of(
                    "load-again", OnSameContent.LOAD_AGAIN,
                    "ignore", OnSameContent.IGNORE))
            .orElse(OnSameContent.LOAD_AGAIN),
        properties.parsed("landing.since", LandingReader::time));
  }

  private KeyFilter filter(String prefix) {
    List<KeyPattern> include = patterns("landing.include", prefix);
    List<KeyPattern> exclude = patterns("landing.exclude", prefix);
    exclude.stream()
        .filter(pattern -> pattern.matchesAll() || include.contains(pattern))
        .forEach(
            pattern ->
                properties.problem(
                    "landing.exclude",
                    "has the pattern '%s', which leaves nothing of what %s; take it away, or switch the pipeline off with enabled=false"
                        .formatted(
                            pattern,
                            pattern.matchesAll()
                                ? "lands"
                                : "the same pattern of landing.include wants")));
    include.stream()
        .filter(
            pattern ->
                pattern.toString().matches("\\.[\\w.]+")
                    || HiddenKey.problem(pattern.toString(), false).isPresent())
        .forEach(
            pattern ->
                properties.problem(
                    "landing.include",
                    "has the pattern '%s', which no object with data matches; write *.csv for an ending, and what closes batches in batch.marker"
                        .formatted(pattern)));
    // Mistakes in the marker are reported where batches are read.
    Optional<Marker> marker =
        properties.text(BatchReader.MARKER).filter(Marker::isSound).map(Marker::new);
    return new KeyFilter(include, exclude, marker);
  }

  private List<KeyPattern> patterns(String property, String prefix) {
    Optional<List<KeyPattern>> patterns = properties.parsed(property, KeyPattern::all);
    patterns.stream()
        .flatMap(List::stream)
        .filter(pattern -> !prefix.isEmpty() && pattern.toString().startsWith(prefix))
        .forEach(
            pattern ->
                properties.problem(
                    property,
                    "has the pattern '%s', which begins with landing.prefix; patterns are compared with what comes after it, so write '%s'"
                        .formatted(pattern, pattern.toString().substring(prefix.length()))));
    return patterns.orElse(List.of());
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

  private KeyOrder order() {
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
    return KeyOrder.ANY;
  }
}
