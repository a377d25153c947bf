package testing;

import contract.Column;
import contract.ContractJson;
import contract.JobResult;
import contract.JobResult.CuratedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import run.RunId;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The stand-ins with curated files as a job would have written them, and the real Snowflake driver:
 * for tests of a load without the service.
 */
public final class Lake implements AutoCloseable {

  private static final String BUCKET = "curated";

  private final LocalCloud cloud = new LocalCloud();
  private final Map<String, String> settings;
  private final S3Client s3;
  private final Connection snowflake;

  /** Starts the stand-ins. */
  public Lake() {
    settings = cloud.start();
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create(settings.get("aws.s3.endpoint")))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
    snowflake = connect();
  }

  /**
   * The one that all tests of this JVM share who need none of their own: each has pipelines and
   * tables of its own. It ends with the JVM.
   */
  public static Lake shared() {
    return Shared.LAKE;
  }

  private static final class Shared {
    private static final Lake LAKE = new Lake();
  }

  /** A session of its own. */
  public Connection connect() {
    Properties properties = new Properties();
    properties.put("user", "local");
    properties.put("password", "local");
    properties.put("JDBC_QUERY_RESULT_FORMAT", "JSON");
    properties.put("disablePlatformDetection", "true");
    try {
      return DriverManager.getConnection(settings.get("snowflake.url"), properties);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where a pipeline's curated files are. */
  public static String location(String pipeline) {
    return "s3://%s/%s/".formatted(BUCKET, pipeline);
  }

  /** An attempt's output relative to that. */
  public static String output(RunId run) {
    return "run=%s/attempt=1/".formatted(run);
  }

  /**
   * Writes one file of an attempt.
   *
   * @param select DuckDB's SQL for the rows
   * @param columns what the job says of them
   * @return what the job says
   */
  public JobResult write(String pipeline, RunId run, List<Column> columns, String select) {
    return write(pipeline, run, columns, Map.of("part-0.parquet", select));
  }

  /**
   * Writes the files of an attempt.
   *
   * @param selects DuckDB's SQL for the rows of each, by its name
   */
  public JobResult write(
      String pipeline, RunId run, List<Column> columns, Map<String, String> selects) {
    return write(pipeline, run, columns, List.of(), selects);
  }

  /**
   * Writes the files of an attempt whose job made folders.
   *
   * @param partitionBy columns that are folders in the files' names, and not in their rows
   */
  public JobResult write(
      String pipeline,
      RunId run,
      List<Column> columns,
      List<String> partitionBy,
      Map<String, String> selects) {
    List<CuratedFile> files = new ArrayList<>();
    selects.forEach(
        (name, select) -> {
          String key = pipeline + "/" + output(run) + name;
          byte[] parquet = parquet(select);
          put(key, parquet);
          files.add(new CuratedFile("s3://" + BUCKET + "/" + key, parquet.length, count(select)));
        });
    return new JobResult(
        ContractJson.VERSION,
        pipeline,
        run.value(),
        1,
        JobResult.Status.SUCCEEDED,
        Optional.empty(),
        new JobResult.Rows(0, files.stream().mapToLong(CuratedFile::rows).sum(), 0),
        columns,
        partitionBy,
        files,
        JobResult.Details.NONE);
  }

  /** Puts an object into the curated bucket. */
  public void put(String key, byte[] content) {
    s3.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
  }

  /** Sends a statement to Snowflake: its rows, if it has any, values by label. */
  public List<Map<String, Object>> send(String sql) {
    return send(snowflake, sql);
  }

  /** The same in another session. */
  public static List<Map<String, Object>> send(Connection connection, String sql) {
    try (Statement statement = connection.createStatement()) {
      List<Map<String, Object>> rows = new ArrayList<>();
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            Map<String, Object> row = new LinkedHashMap<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
              row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
            }
            rows.add(row);
          }
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql + "\n" + e.getMessage(), e);
    }
  }

  /** The S3 of the stand-ins. */
  public S3Client s3() {
    return s3;
  }

  /**
   * A Parquet file.
   *
   * @param select DuckDB's SQL for its rows
   */
  public static byte[] parquet(String select) {
    try (Statement statement = DuckDb.SHARED.createStatement()) {
      Path file = Files.createTempFile("curated", ".parquet");
      statement.execute("COPY (%s) TO '%s' (FORMAT PARQUET)".formatted(select, file));
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      return content;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One for all files of this JVM: each opening makes a database. */
  private static final class DuckDb {
    private static final Connection SHARED = open();

    private static Connection open() {
      try {
        return DriverManager.getConnection("jdbc:duckdb:");
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static long count(String select) {
    try (Statement statement = DuckDb.SHARED.createStatement();
        ResultSet count = statement.executeQuery("SELECT COUNT(*) FROM (%s)".formatted(select))) {
      count.next();
      return count.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws SQLException {
    snowflake.close();
    s3.close();
    cloud.stop();
  }
}
