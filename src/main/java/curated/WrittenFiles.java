package curated;

import batch.HiddenKey;
import contract.Column;
import contract.ContractJson;
import contract.JobResult;
import contract.JobResult.CuratedFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Builds the result of an attempt whose steps left no result file, from the names and the footers
 * of the Parquet files below its output.
 */
@ApplicationScoped
public class WrittenFiles {

  private static final System.Logger LOG = System.getLogger(WrittenFiles.class.getName());

  private static final int AT_ONCE = 8;
  private static final String PARQUET = ".parquet";

  private final S3Client s3;
  private final ParquetReader reader;

  WrittenFiles(S3Client s3, ParquetReader reader) {
    this.s3 = s3;
    this.reader = reader;
  }

  /**
   * The result in the form of the service's own job. The number of rows that the steps have read is
   * unknown: it is set to the number that they wrote, with none rejected. Files that cannot become
   * rows give a failed result, which names them.
   *
   * @param declared the types of the table's declared columns, by name
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public JobResult result(RunPaths paths, int attempt, Map<String, String> declared) {
    try {
      return succeeded(paths, attempt, read(paths, attempt, declared));
    } catch (UnfitOutput e) {
      LOG.log(Level.DEBUG, "What steps wrote is unfit", e);
      return result(
          paths,
          attempt,
          Optional.of(
              new JobResult.JobFailure(JobResult.FailureCause.USER_CODE, e.getMessage(), e.uris())),
          List.of(),
          List.of(),
          List.of());
    }
  }

  private List<Written> read(RunPaths paths, int attempt, Map<String, String> declared) {
    OutputFolders folders = new OutputFolders(paths.settings().partitionBy(), declared);
    String prefix = paths.outputPrefix(attempt);
    List<Callable<Written>> reads = new ArrayList<>();
    for (S3Object file : files(paths, prefix)) {
      reads.add(() -> read(paths, prefix, file, folders));
    }
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      List<Written> written = new ArrayList<>();
      for (Future<Written> read : pool.invokeAll(reads)) {
        written.add(read.get());
      }
      return written;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The service stops while it reads footers", e);
    } finally {
      pool.shutdownNow();
    }
  }

  /** The Parquet files below the output. */
  private List<S3Object> files(RunPaths paths, String prefix) {
    List<S3Object> all =
        s3
            .listObjectsV2Paginator(
                request -> request.bucket(paths.settings().bucket()).prefix(prefix))
            .contents()
            .stream()
            .toList();
    if (all.isEmpty()) {
      throw new UnfitOutput(
          "The steps wrote nothing below %s; give one of them {output}, and have it write there"
              .formatted(paths.uri(prefix)));
    }
    List<S3Object> shown =
        all.stream().filter(file -> !isHidden(file.key().substring(prefix.length()))).toList();
    List<S3Object> files = shown.stream().filter(file -> file.key().endsWith(PARQUET)).toList();
    if (files.isEmpty() && !shown.isEmpty()) {
      String uri = paths.uri(shown.get(0).key());
      throw new UnfitOutput(
          "The steps wrote %d files and none whose name ends with %s, for instance %s"
              .formatted(shown.size(), PARQUET, uri),
          uri);
    }
    return files;
  }

  private static boolean isHidden(String path) {
    return path.isEmpty() || path.endsWith("/") || HiddenKey.isPassedOver(path);
  }

  private Written read(RunPaths paths, String prefix, S3Object file, OutputFolders folders) {
    String uri = paths.uri(file.key());
    List<Column> partitions = folders.columns(uri, file.key().substring(prefix.length()));
    try {
      ParquetFooter footer = reader.footer(paths.settings().bucket(), file);
      return new Written(
          new CuratedFile(uri, file.size(), footer.rows()), footer.columns(), partitions);
    } catch (IllegalArgumentException e) {
      throw new UnfitOutput("The file %s %s".formatted(uri, e.getMessage()), e, uri);
    }
  }

  private static JobResult succeeded(RunPaths paths, int attempt, List<Written> all) {
    if (all.isEmpty()) {
      return result(paths, attempt, Optional.empty(), List.of(), List.of(), List.of());
    }
    Written first = all.get(0);
    all.forEach(first::requireSameColumns);
    return result(
        paths,
        attempt,
        Optional.empty(),
        first.all(),
        first.partitions().stream().map(Column::name).toList(),
        all.stream().map(Written::file).toList());
  }

  private static JobResult result(
      RunPaths paths,
      int attempt,
      Optional<JobResult.JobFailure> failure,
      List<Column> schema,
      List<String> partitionBy,
      List<CuratedFile> files) {
    long rows = files.stream().mapToLong(CuratedFile::rows).sum();
    return new JobResult(
        ContractJson.VERSION,
        paths.pipeline(),
        paths.run().value(),
        attempt,
        failure.isPresent() ? JobResult.Status.FAILED : JobResult.Status.SUCCEEDED,
        failure,
        new JobResult.Rows(rows, rows, 0),
        schema,
        partitionBy,
        files,
        JobResult.Details.NONE);
  }

  /**
   * One file.
   *
   * @param columns the columns in it
   * @param partitions the columns that are its folders
   */
  private record Written(CuratedFile file, List<Column> columns, List<Column> partitions) {

    /** All columns of its rows. */
    List<Column> all() {
      return Stream.concat(columns.stream(), partitions.stream()).toList();
    }

    void requireSameColumns(Written other) {
      if (!other.all().equals(all())) {
        throw new UnfitOutput(
            "The files %s and %s do not have the same columns: %s and %s"
                .formatted(file.uri(), other.file.uri(), texts(), other.texts()),
            file.uri(),
            other.file.uri());
      }
      for (Column partition : partitions) {
        if (columns.stream().anyMatch(column -> column.name().equals(partition.name()))) {
          throw new UnfitOutput(
              "The column %s is a folder and also in the file %s; keep only one of them"
                  .formatted(partition.name(), file.uri()),
              file.uri());
        }
      }
    }

    private String texts() {
      return String.join(
          ", ", all().stream().map(column -> column.name() + " " + column.type()).toList());
    }
  }
}
