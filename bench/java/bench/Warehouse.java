package bench;

import contract.Column;
import contract.ContractJson;
import contract.JobResult.CuratedFile;
import contract.JobResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import localcloud.Cloud;
import localcloud.process.Workplace;
import run.RunId;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import warehouse.ColumnNames;
import warehouse.Identifier;
import warehouse.Load;
import warehouse.ObjectName;
import warehouse.Row;
import warehouse.WarehouseSettings;

/**
 * The cost of a load: the service's own statements through the real driver, against the Snowflake stand-in, with one file and with many.
 */
final class Warehouse {

  private static final String PIPELINE = "bench";
  private static final String BUCKET = "curated";
  private static final double NANOS_PER_MILLI = 1e6;
  private static final List<Column> COLUMNS = List.of(new Column("N", "bigint"));

  private final Cloud cloud;
  private final S3Client s3;
  private final byte[] parquet;
  private int runs;

  private Warehouse(Cloud cloud, S3Client s3, byte[] parquet) {
    this.cloud = cloud;
    this.s3 = s3;
    this.parquet = parquet;
  }

  public static void main(String[] args) throws Exception {
    Options options = new Options(
            args,
            Map.of("--runs", 20, "--files", 10_000),
            Map.of("--runs", 3, "--files", 200),
            Set.of());
    Report report = new Report("warehouse", options);
    try (Workplace place = new Workplace(Path.of("").toAbsolutePath(), "warehouse")) {
      Cloud cloud = place.startCloud(List.of("--bucket", BUCKET));
      try (S3Client s3 = cloud.s3Client()) {
        byte[] parquet = parquet(place.folder().resolve("one-row.parquet"));
        new Warehouse(cloud, s3, parquet).measure(options, report);
      }
    }
    System.exit(0);
  }

  private void measure(Options options, Report report) throws SQLException, IOException {
    Samples connects = new Samples();
    Samples cold = new Samples();
    Samples warm = new Samples();
    int statements = 0;
    try (Connection session = connect()) {
      play(session, write(1));
      for (int i = 0; i < options.number("--runs"); i++) {
        JobResult result = write(1);
        long begun = System.nanoTime();
        statements = play(session, result);
        warm.add(millisSince(begun));
        JobResult another = write(1);
        begun = System.nanoTime();
        try (Connection fresh = connect()) {
          connects.add(millisSince(begun));
          play(fresh, another);
          cold.add(millisSince(begun));
        }
      }
      Report.progress("writing %d files, and loading them", options.number("--files"));
      JobResult many = write(options.number("--files"));
      long begun = System.nanoTime();
      play(session, many);
      double manyMillis = millisSince(begun);
      report.table(
          List.of(
              new String[] {"milliseconds", "median", "least", "most", ""},
              connects.row("connection start", "%.0f", "sign-in and the session's settings"),
              cold.row("load of 1 file, connection and all", "%.0f", ""),
              warm.row("load of 1 file, warm session", "%.0f", statements + " statements"),
              one("load of %d files, warm session".formatted(many.files().size()), manyMillis)));
      report.end(
          "statements-per-run=%d load-1-file-ms=%s load-%d-files-ms=%s connect-ms=%s"
              .formatted(
                  statements,
                  Samples.text("%.0f", warm.median()),
                  many.files().size(),
                  Samples.text("%.0f", manyMillis),
                  Samples.text("%.0f", connects.median())));
    }
  }

  private static String[] one(String name, double millis) {
    Samples samples = new Samples();
    samples.add(millis);
    return samples.row(name, "%.0f", "");
  }

  /** Writes an attempt's output of that many files with one row each. */
  private JobResult write(int files) {
    RunId run = RunId.create(Instant.EPOCH, runs++);
    List<CuratedFile> written = new ArrayList<>();
    for (int i = 0; i < files; i++) {
      String key = "%s/%spart-%05d.parquet".formatted(PIPELINE, output(run), i);
      s3.putObject(
          request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(parquet));
      written.add(new CuratedFile("s3://" + BUCKET + "/" + key, parquet.length, 1));
    }
    return new JobResult(
        ContractJson.VERSION,
        PIPELINE,
        run.value(),
        1,
        JobResult.Status.SUCCEEDED,
        Optional.empty(),
        new JobResult.Rows(files, files, 0),
        COLUMNS,
        List.of(),
        written,
        JobResult.Details.NONE);
  }

  private static String output(RunId run) {
    return "run=%s/attempt=1/".formatted(run);
  }

  /** Runs the load of a result, and returns how many statements it took. */
  private static int play(Connection session, JobResult result) throws SQLException {
    RunId run = new RunId(result.run());
    Load load =
        new Load(
            PIPELINE,
            settings(),
            "s3://%s/%s/".formatted(BUCKET, PIPELINE),
            run,
            Instant.EPOCH,
            result,
            output(run));
    int statements = 0;
    for (Optional<String> sql = load.next(); sql.isPresent(); sql = load.next()) {
      load.answered(send(session, sql.get()));
      statements++;
    }
    return statements;
  }

  private static List<Row> send(Connection session, String sql) throws SQLException {
    try (Statement statement = session.createStatement()) {
      List<Row> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            Map<String, Object> values = new HashMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
              values.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
            }
            rows.add(new Row(values));
          }
        }
      }
      return rows;
    }
  }

  private static WarehouseSettings settings() {
    return new WarehouseSettings(
        new ObjectName(new Identifier("LAKE"), new Identifier("PUBLIC"), new Identifier("BENCH")),
        WarehouseSettings.Mode.APPEND,
        WarehouseSettings.Manage.EVERYTHING,
        Duration.ZERO,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        ColumnNames.UPPER,
        new WarehouseSettings.Changes(
            WarehouseSettings.OnNewColumn.FAIL,
            WarehouseSettings.OnChangedColumn.FAIL,
            WarehouseSettings.OnMissingColumn.FAIL),
        List.of(),
        Optional.empty(),
        new WarehouseSettings.FirstRows(5, Set.of()),
        List.of());
  }

  private Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    properties.put("disablePlatformDetection", "true");
    return DriverManager.getConnection(cloud.signedIn(), properties);
  }

  private static byte[] parquet(Path file) throws SQLException, IOException {
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT 1::BIGINT AS N) TO '%s' (FORMAT PARQUET)"
              .formatted(file.toString().replace("'", "''")));
    }
    return Files.readAllBytes(file);
  }

  private static double millisSince(long begun) {
    return (System.nanoTime() - begun) / NANOS_PER_MILLI;
  }
}
