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
import landing.AfterSuccess;
import landing.LandingSettings;
import landing.LandingSettings.OnOverwrite;
import pipeline.Pipeline;
import warehouse.Identifier;
import warehouse.WarehouseSettings;
import warehouse.WarehouseSettings.Mode;

/**
 * Reads one {@link Pipeline} from its properties. All defaults of a pipeline are here, except those
 * of its input, its clusters and its table.
 */
record PipelineReader(String name, Properties properties) {

  private static final String BUCKET = "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]";

  /** Stands for what is a problem already; no bucket and no sensible table has this name. */
  static final String NOT_SET = "(not set)";

  private static final Set<String> TAKEN_COLUMNS = Set.of("run", "attempt", "run_id", "value");

  private static final long MIB = 1L << 20;

  Pipeline read() {
    properties.refuse(
        !name.matches("[a-z0-9][a-z0-9-]{0,39}"),
        "",
        "has a name that is not of 1 to 40 lower-case letters, digits and dashes");
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
            new StepsReader(properties, curated).read());
    if (warehouse.mode() == Mode.REPLACE) {
      refuseWhatReadsOnlyAPart(pipeline);
    }
    new InputReader(properties).refuseUnknownHeader(pipeline);
    refuseWhatNoTableTakes(pipeline);
    properties.refuseUnknown();
    return pipeline;
  }

  /** Where each run reads the whole landing prefix, nothing in it can be kept apart. */
  private void refuseWhatReadsOnlyAPart(Pipeline pipeline) {
    properties.refuse(
        pipeline.landing().onOverwrite() != OnOverwrite.LOAD_AGAIN,
        "landing.on-overwrite",
        "is not load-again, and with curated.mode=replace each run reads all that is in the landing prefix as it is then; take one of the two away");
    properties.refuse(
        pipeline.batch().grouping().groupBy().isPresent(),
        "batch.group-by",
        "is set, and with curated.mode=replace each run reads all that is in the landing prefix, of whatever group; take one of the two away");
    properties.refuse(
        pipeline.landing().afterSuccess() != AfterSuccess.KEEP,
        "landing.after-success",
        "is not keep, but with curated.mode=replace every run reads the whole landing prefix; take one of them away");
    properties.refuse(
        pipeline.landing().since().isPresent(),
        "landing.since",
        "is set, but with curated.mode=replace every run reads the whole landing prefix; take one of them away");
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
                properties.orElse("landing.prefix", properties.text("landing.prefix"), name + "/"));
    boolean isShared =
        !landing.bucket().equals(NOT_SET) && landing.bucket().equals(curated.bucket());
    properties.refuse(
        isShared && isOutput(landing.prefix(), curated),
        "landing.prefix",
        "is '%s' in the bucket of the curated files, which would land again; keep it apart from '%s' and '%s'"
            .formatted(landing.prefix(), curated.prefix(), RunPaths.WORK));
    String archive = landing.archivePrefix().orElse("");
    properties.refuse(
        isShared && !archive.isEmpty() && isOutput(archive, curated),
        "landing.archive-prefix",
        "is '%s' in the bucket of the curated files; keep it apart from '%s' and '%s'"
            .formatted(archive, curated.prefix(), RunPaths.WORK));
    return landing;
  }

  private static boolean isOutput(String prefix, CuratedSettings curated) {
    return overlap(prefix, curated.prefix()) || overlap(prefix, RunPaths.WORK);
  }

  private CuratedSettings curated() {
    Optional<Integer> files = properties.count("curated.files", 1);
    Optional<Long> target = properties.number("curated.target-file-bytes", MIB);
    properties.refuse(
        files.isPresent() && target.isPresent(),
        "curated.files",
        "and curated.target-file-bytes are both set; keep one");
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
    String bucket = properties.required(property, wayOut).orElse(NOT_SET);
    properties.refuse(
        !bucket.equals(NOT_SET) && !bucket.matches(BUCKET),
        property,
        "is '%s'; a bucket's name has 3 to 63 lower-case letters, digits, dots and dashes, and no s3://"
            .formatted(bucket));
    return bucket;
  }

  private String prefix(String property) {
    String prefix = properties.orElse(property, properties.text(property), name + "/");
    properties.refuse(
        !prefix.endsWith("/") || prefix.startsWith("/") || prefix.startsWith(RunPaths.WORK),
        property,
        "is '%s'; it must end with a slash, not begin with one, and not lie below %s"
            .formatted(prefix, RunPaths.WORK));
    properties.refuse(
        prefix.contains(RunPaths.RUN),
        property,
        "is '%s'; '%s' in it would be taken for a run's folder".formatted(prefix, RunPaths.RUN));
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
