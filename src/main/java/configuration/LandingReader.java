package configuration;

import batch.HiddenKey;
import batch.KeyPattern;
import batch.Marker;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import landing.AfterSuccess;
import landing.KeyFilter;
import landing.KeyOrder;
import landing.LandingSettings;
import landing.LandingSettings.OnOverwrite;
import landing.LandingSettings.OnSameContent;

/** Reads how a pipeline's landing prefix is listed, and what happens to loaded objects. */
record LandingReader(Properties properties) {

  LandingSettings read(String bucket, String prefix) {
    AfterSuccess afterSuccess = properties.oneOf("landing.after-success", AfterSuccess.KEEP);
    return new LandingSettings(
        bucket,
        prefix,
        filter(prefix),
        properties.duration("landing.poll", Duration.ofSeconds(1)),
        properties.orElse(
            "landing.accept-unknown-runs", properties.flag("landing.accept-unknown-runs"), false),
        afterSuccess,
        archivePrefix(afterSuccess, prefix),
        order(),
        properties.oneOf("landing.on-overwrite", OnOverwrite.LOAD_AGAIN),
        properties.oneOf("landing.same-content", OnSameContent.LOAD_AGAIN),
        properties.parsed(
            "landing.since",
            written -> OffsetDateTime.parse(written).toInstant(),
            "write a time with its offset, for instance 2026-01-01T00:00:00Z"));
  }

  private KeyFilter filter(String prefix) {
    List<KeyPattern> include = patterns("landing.include", prefix);
    List<KeyPattern> exclude = patterns("landing.exclude", prefix);
    for (KeyPattern pattern : exclude) {
      properties.refuse(
          pattern.matchesAll() || include.contains(pattern),
          "landing.exclude",
          "has the pattern '%s', which leaves nothing of what %s; take it away, or switch the pipeline off with enabled=false"
              .formatted(
                  pattern,
                  pattern.matchesAll() ? "lands" : "the same pattern of landing.include wants"));
    }
    for (KeyPattern pattern : include) {
      String text = pattern.toString();
      properties.refuse(
          text.matches("\\.[\\w.]+") || HiddenKey.problem(text, false).isPresent(),
          "landing.include",
          "has the pattern '%s', which no object with data matches; write *.csv for an ending, and what closes batches in batch.marker"
              .formatted(text));
    }
    // Mistakes in the marker are reported where batches are read.
    Optional<Marker> marker =
        properties.text(BatchReader.MARKER).filter(Marker::isSound).map(Marker::new);
    return new KeyFilter(include, exclude, marker);
  }

  private List<KeyPattern> patterns(String property, String prefix) {
    List<KeyPattern> patterns = properties.parsed(property, KeyPattern::all).orElse(List.of());
    patterns.stream()
        .map(KeyPattern::toString)
        .filter(pattern -> !prefix.isEmpty() && pattern.startsWith(prefix))
        .forEach(
            pattern ->
                properties.problem(
                    property,
                    "has the pattern '%s', which begins with landing.prefix; patterns are compared with what comes after it, so write '%s'"
                        .formatted(pattern, pattern.substring(prefix.length()))));
    return patterns;
  }

  private Optional<String> archivePrefix(AfterSuccess afterSuccess, String landing) {
    String property = "landing.archive-prefix";
    if (afterSuccess != AfterSuccess.ARCHIVE) {
      properties.refuse(
          properties.isSet(property),
          property,
          "is set, but landing.after-success is not archive; keep both or neither");
      return Optional.empty();
    }
    Optional<String> archive =
        properties.required(
            property,
            "write what is to be put before the keys of archived objects, for instance archive/");
    archive.ifPresent(
        written -> {
          properties.refuse(
              !written.endsWith("/") || written.startsWith("/"),
              property,
              "is '%s'; it must end with a slash and not begin with one".formatted(written));
          properties.refuse(
              PipelineReader.overlap(written, landing),
              property,
              "is '%s', and what is archived would land again; keep it apart from landing.prefix '%s'"
                  .formatted(written, landing));
        });
    return archive;
  }

  private KeyOrder order() {
    Optional<String> keys = properties.oneOf("landing.keys", List.of("any", "ascending"));
    Optional<Duration> lookBack = properties.duration("landing.look-back", Duration.ZERO);
    Optional<Duration> relist = properties.duration("landing.relist", Duration.ofMinutes(1));
    if (keys.equals(Optional.of("ascending"))) {
      return new KeyOrder(
          true, lookBack.orElse(Duration.ofHours(1)), relist.orElse(Duration.ofHours(24)));
    }
    properties.refuse(
        lookBack.isPresent() || relist.isPresent(),
        "landing.keys",
        "is not ascending, so that every poll lists the whole prefix; take away landing.look-back and landing.relist");
    return KeyOrder.ANY;
  }
}
