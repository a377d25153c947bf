package pipeline;

import batch.BatchLimits;
import contract.InputFormat;
import curated.CuratedSettings;
import curated.RunPaths;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import landing.LandingSettings;
import pipeline.Pipeline.Input;
import warehouse.Identifier;

/**
 * Makes one {@link Pipeline} of its properties. Every default of a pipeline stands here, but those
 * of its clusters and of its table.
 */
final class PipelineReader {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** Stands for what is a problem already; no bucket and no sensible table has this name. */
  static final String NOT_SET = "(not set)";

  private static final Set<String> TAKEN_COLUMNS = Set.of("run", "attempt", "run_id", "value");

  private static final long GIB = 1L << 30;
  private static final long MIB = 1L << 20;

  private final String name;
  private final Properties properties;

  PipelineReader(String name, Properties properties) {
    this.name = name;
    this.properties = properties;
  }

  Pipeline read() {
    if (!name.matches("[a-z0-9][a-z0-9-]{0,39}")) {
      properties.problem(
          "", "has a name that is not of 1 to 40 lower-case letters, digits and dashes");
    }
    properties.text("enabled");
    CuratedSettings curated = curated();
    LandingSettings landing = landing(curated);
    Pipeline pipeline =
        new Pipeline(
            name,
            landing,
            batch(),
            input(),
            properties.text("transform.sql"),
            curated,
            new ClusterReader(properties).read(curated),
            new WarehouseReader(properties).read(),
            new IngestReader(properties).read(landing),
            new ScheduleReader(properties).read());
    properties.refuseUnknown();
    return pipeline;
  }

  private LandingSettings landing(CuratedSettings curated) {
    LandingSettings landing =
        new LandingSettings(
            bucket("landing.bucket", "name the bucket where objects land"),
            properties.text("landing.prefix").orElse(name + "/"),
            properties
                .duration("landing.poll", Duration.ofSeconds(1))
                .orElse(Duration.ofSeconds(30)),
            properties
                .oneOf("landing.accept-unknown-runs", Map.of("true", true, "false", false))
                .orElse(false));
    if (!landing.bucket().equals(NOT_SET)
        && landing.bucket().equals(curated.bucket())
        && (overlap(landing.prefix(), curated.prefix())
            || overlap(landing.prefix(), RunPaths.WORK))) {
      properties.problem(
          "landing.prefix",
          "is '%s' in the bucket of the curated files, which would land again; keep it apart from '%s' and '%s'"
              .formatted(landing.prefix(), curated.prefix(), RunPaths.WORK));
    }
    return landing;
  }

  private BatchLimits batch() {
    return new BatchLimits(
        properties.count("batch.max-objects", 1).orElse(1_000),
        properties.number("batch.max-bytes", 1).orElse(64 * GIB),
        properties.duration("batch.max-wait", Duration.ZERO).orElse(Duration.ofMinutes(1)));
  }

  private Input input() {
    InputFormat format =
        properties
            .oneOf(
                "input.format",
                Map.of(
                    "csv", InputFormat.CSV,
                    "json-lines", InputFormat.JSON_LINES,
                    "parquet", InputFormat.PARQUET))
            .orElse(InputFormat.CSV);
    Input input =
        new Input(
            format,
            properties.oneOf("input.header", Map.of("true", true, "false", false)),
            character("input.delimiter"),
            character("input.quote"),
            character("input.escape"),
            properties.parsed("input.columns", Columns::parse),
            properties.parsed("input.max-rejected-ratio", PipelineReader::ratio).orElse(0.0));
    boolean hasCsvSettings =
        input.header().isPresent()
            || input.delimiter().isPresent()
            || input.quote().isPresent()
            || input.escape().isPresent();
    if (format != InputFormat.CSV && hasCsvSettings) {
      properties.problem(
          "input.format",
          "is not csv; take away input.header, input.delimiter, input.quote and input.escape");
    }
    return input;
  }

  private CuratedSettings curated() {
    Optional<Integer> files = properties.count("curated.files", 1);
    Optional<Long> target = properties.number("curated.target-file-bytes", MIB);
    if (files.isPresent() && target.isPresent()) {
      properties.problem("curated.files", "and curated.target-file-bytes are both set; keep one");
    }
    String prefix = prefix("curated.prefix");
    return new CuratedSettings(
        bucket("curated.bucket", "name the bucket for the curated files"),
        prefix,
        files,
        files.isPresent() ? Optional.empty() : Optional.of(target.orElse(128 * MIB)),
        properties
            .parsed("curated.partition-by", written -> partitionBy(written, prefix))
            .orElse(List.of()));
  }

  private String bucket(String property, String wayOut) {
    Optional<String> bucket = properties.required(property, wayOut);
    bucket
        .filter(written -> !BUCKET.matcher(written).matches())
        .ifPresent(
            written ->
                properties.problem(
                    property,
                    "is '%s'; a bucket's name has 3 to 63 lower-case letters, digits, dots and dashes, and no s3://"
                        .formatted(written)));
    return bucket.orElse(NOT_SET);
  }

  private String prefix(String property) {
    String prefix = properties.text(property).orElse(name + "/");
    if (!prefix.endsWith("/") || prefix.startsWith("/") || prefix.startsWith(RunPaths.WORK)) {
      properties.problem(
          property,
          "is '%s'; it must end with a slash, not begin with one, and not lie below %s"
              .formatted(prefix, RunPaths.WORK));
    }
    if (prefix.contains(RunPaths.RUN)) {
      properties.problem(
          property,
          "is '%s'; '%s' in it would be taken for a run's folder".formatted(prefix, RunPaths.RUN));
    }
    return prefix;
  }

  /** Every file's path is looked through for a folder of each name, so no other may have it. */
  private static List<String> partitionBy(String written, String prefix) {
    Set<String> seen = new HashSet<>();
    List<String> names =
        WarehouseReader.identifiers(written).stream().map(Identifier::value).toList();
    for (String name : names) {
      String lower = name.toLowerCase(Locale.ROOT);
      if (!seen.add(lower)) {
        throw new IllegalArgumentException("names the column %s twice".formatted(name));
      }
      if (TAKEN_COLUMNS.contains(lower)) {
        throw new IllegalArgumentException(
            "names the column %s, and that is a folder or a column of the service's own; give it another name in transform.sql"
                .formatted(name));
      }
      if (("/" + prefix).toLowerCase(Locale.ROOT).contains("/" + lower + "=")) {
        throw new IllegalArgumentException(
            "names the column %s, and a folder of curated.prefix '%s' would be taken for its own"
                .formatted(name, prefix));
      }
    }
    return names;
  }

  private Optional<String> character(String property) {
    return properties
        .raw(property)
        .map(written -> written.equals("\\t") ? "\t" : written)
        .filter(
            written -> {
              if (written.length() != 1) {
                properties.problem(
                    property, "is '%s'; write one character, or \\t".formatted(written));
              }
              return written.length() == 1;
            });
  }

  private static double ratio(String written) {
    if (!written.matches("0(\\.[0-9]+)?|1(\\.0+)?")) {
      throw new IllegalArgumentException(
          "is '%s'; write a ratio from 0 to 1, for instance 0.01".formatted(written));
    }
    return Double.parseDouble(written);
  }

  private static boolean overlap(String a, String b) {
    return a.startsWith(b) || b.startsWith(a);
  }
}
