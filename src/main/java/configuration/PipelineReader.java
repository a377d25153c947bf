package configuration;

import cluster.request.ClusterSettings;
import curated.CuratedSettings;
import curated.RunPaths;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import landing.AfterSuccess;
import landing.LandingSettings;
import pipeline.Pipeline;
import warehouse.Identifier;
import warehouse.WarehouseSettings;
import warehouse.WarehouseSettings.Mode;

/**
 * Reads one {@link Pipeline} from its properties. All defaults of a pipeline are here, except those
 * of its input, its clusters and its table.
 */
final class PipelineReader {

  private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** Stands for what is a problem already; no bucket and no sensible table has this name. */
  static final String NOT_SET = "(not set)";

  private static final Set<String> TAKEN_COLUMNS = Set.of("run", "attempt", "run_id", "value");

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
    ClusterSettings cluster = new ClusterReader(properties).read(curated);
    WarehouseSettings warehouse = new WarehouseReader(properties).read();
    TransformReader transform = new TransformReader(properties);
    Pipeline pipeline =
        new Pipeline(
            name,
            landing,
            new BatchReader(properties).read(),
            new InputReader(properties).read(),
            transform.transform(),
            transform.checks(warehouse.firstRows()),
            curated,
            cluster,
            warehouse,
            new IngestReader(properties).read(landing),
            new ScheduleReader(properties).read(),
            new StepsReader(name, properties, curated).read(cluster));
    new BatchReader(properties).refuseWhatReplaceCannotDo(pipeline);
    new InputReader(properties).refuseUnknownHeader(pipeline);
    refuseWhatReadsOnlyAPart(pipeline);
    refuseWhatNoTableTakes(pipeline);
    properties.refuseUnknown();
    return pipeline;
  }

  private void refuseWhatReadsOnlyAPart(Pipeline pipeline) {
    if (pipeline.warehouse().mode() != Mode.REPLACE) {
      return;
    }
    if (pipeline.landing().afterSuccess() != AfterSuccess.KEEP) {
      properties.problem(
          "landing.after-success",
          "is not keep, but with curated.mode=replace every run reads the whole landing prefix; take one of them away");
    }
    if (pipeline.landing().since().isPresent()) {
      properties.problem(
          "landing.since",
          "is set, but with curated.mode=replace every run reads the whole landing prefix; take one of them away");
    }
  }

  /** Without a transform the declared columns are the table's. */
  private void refuseWhatNoTableTakes(Pipeline pipeline) {
    boolean areTheTables =
        pipeline.transform().isEmpty()
            && !pipeline.steps().areOwn()
            && pipeline.warehouse().sql().isEmpty();
    if (areTheTables) {
      pipeline
          .input()
          .columns()
          .flatMap(columns -> pipeline.warehouse().columnNames().refused(columns))
          .ifPresent(
              why ->
                  properties.problem(
                      "input.columns",
                      "declares a column that no table takes, %s, in the objects or by transform.sql"
                          .formatted(why)));
    }
  }

  private LandingSettings landing(CuratedSettings curated) {
    LandingSettings landing =
        new LandingReader(properties)
            .read(
                bucket("landing.bucket", "name the bucket where objects land"),
                properties.text("landing.prefix").orElse(name + "/"));
    boolean isShared =
        !landing.bucket().equals(NOT_SET) && landing.bucket().equals(curated.bucket());
    if (isShared && isOutput(landing.prefix(), curated)) {
      properties.problem(
          "landing.prefix",
          "is '%s' in the bucket of the curated files, which would land again; keep it apart from '%s' and '%s'"
              .formatted(landing.prefix(), curated.prefix(), RunPaths.WORK));
    }
    landing
        .archivePrefix()
        .filter(archive -> isShared && isOutput(archive, curated))
        .ifPresent(
            archive ->
                properties.problem(
                    "landing.archive-prefix",
                    "is '%s' in the bucket of the curated files; keep it apart from '%s' and '%s'"
                        .formatted(archive, curated.prefix(), RunPaths.WORK)));
    return landing;
  }

  private static boolean isOutput(String prefix, CuratedSettings curated) {
    return overlap(prefix, curated.prefix()) || overlap(prefix, RunPaths.WORK);
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
            .orElse(List.of()),
        properties.duration("curated.keep-for", Duration.ofSeconds(1)));
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

  /** Every file's path is searched for a folder of each name, so no other folder may have it. */
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
            "names the column %s, and that is a folder or a column of the service's own; give it another name in transform.sql or in your own steps"
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

  static boolean overlap(String a, String b) {
    return a.startsWith(b) || b.startsWith(a);
  }
}
