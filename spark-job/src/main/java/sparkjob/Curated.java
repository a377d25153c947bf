package sparkjob;

import contract.JobDescription;
import contract.JobResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import sparkjob.cluster.Storage;

/** The Parquet that an attempt writes under its own prefix, and nothing else there. */
record Curated(JobDescription.Output output, Storage storage) {
  private static final String ENDING = ".parquet";

  /** Tiny files are mostly footers, so combined they are much smaller than their sum. */
  private static final int MOST_ROUNDS = 3;

  /**
   * Writes the rows, replacing what an earlier try of the same attempt left.
   *
   * @param folders the partition columns, if any
   * @param tasks how many tasks produce the rows; 0 if unknown
   * @return the files, in the order of their names; none if there are no rows
   */
  List<JobResult.CuratedFile> write(
      SparkSession spark, Dataset<Row> rows, Folders folders, int tasks) throws IOException {
    storage.fileSystem(new Path(output.uri()));
    sized(spark, folders.checked(rows), folders, tasks)
        .write()
        .partitionBy(folders.columns().toArray(String[]::new))
        .mode(SaveMode.Overwrite)
        .option("compression", "snappy")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(output.uri());
    return keepOnlyParquet(folders);
  }

  /**
   * Writes files again whose size is far from the target: the size of Parquet is known only after
   * writing.
   *
   * @param schema the columns of the output, including folders
   * @param files as they were written
   * @return the files that exist now
   */
  List<JobResult.CuratedFile> fitted(
      SparkSession spark, StructType schema, Folders folders, List<JobResult.CuratedFile> files)
      throws IOException {
    if (output.targetFileBytes().isEmpty()) {
      return files;
    }
    FileSizes sizes = new FileSizes(output.targetFileBytes().get());
    List<JobResult.CuratedFile> fitted = files;
    long bytes = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      List<FileSizes.Rewrite> rewrites = sizes.rewrites(fitted, FileSizes.MOST_BYTES - bytes);
      if (rewrites.isEmpty()) {
        break;
      }
      Rewriting.of(spark, storage, schema, folders, sizes).run(rewrites);
      bytes += rewrites.stream().mapToLong(FileSizes.Rewrite::bytes).sum();
      fitted = sameRows(fitted, keepOnlyParquet(folders));
    }
    return fitted;
  }

  private static List<JobResult.CuratedFile> sameRows(
      List<JobResult.CuratedFile> before, List<JobResult.CuratedFile> after) throws IOException {
    long written = before.stream().mapToLong(JobResult.CuratedFile::rows).sum();
    long rewritten = after.stream().mapToLong(JobResult.CuratedFile::rows).sum();
    if (written != rewritten) {
      throw new IOException(
          "Writing files of curated.target-file-bytes made %d rows of %d; set curated.files instead"
              .formatted(rewritten, written));
    }
    return after;
  }

  /**
   * Reads the written files.
   *
   * @param schema its columns in order, including folders
   */
  Dataset<Row> rows(SparkSession spark, StructType schema, List<JobResult.CuratedFile> files) {
    if (files.isEmpty()) {
      return spark.createDataFrame(List.of(), schema);
    }
    // Spark puts the columns that are folders last.
    Column[] columns =
        Arrays.stream(schema.fieldNames())
            .map(name -> functions.col("`" + name.replace("`", "``") + "`"))
            .toArray(Column[]::new);
    return spark.read().schema(schema).parquet(output.uri()).select(columns);
  }

  /** Deletes everything under the prefix. */
  void clear() throws IOException {
    storage.delete(output.uri());
  }

  private Dataset<Row> sized(SparkSession spark, Dataset<Row> rows, Folders folders, int tasks) {
    if (output.files().isPresent()) {
      return intoFiles(spark, rows, tasks, output.files().get());
    }
    long bytes = output.targetFileBytes().orElseThrow();
    // Spark measures the compressed rows that it shuffles, which are usually larger than Parquet;
    // files that are too far off are written again.
    spark.conf().set("spark.sql.adaptive.enabled", "true");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.parallelismFirst", "false");
    spark.conf().set("spark.sql.adaptive.advisoryPartitionSizeInBytes", bytes + "b");
    spark.conf().set("spark.sql.adaptive.coalescePartitions.minPartitionSize", bytes / 2 + 1 + "b");
    spark.conf().set("spark.sql.adaptive.rebalancePartitionsSmallPartitionFactor", "0.5");
    return rows.hint("rebalance", folders.expressions());
  }

  /**
   * Each task writes one file per folder. Fewer tasks without a shuffle are cheapest, but they also
   * read, so this is right only if there are enough of them to keep the cluster busy.
   */
  private static Dataset<Row> intoFiles(
      SparkSession spark, Dataset<Row> rows, int tasks, int files) {
    if (tasks == files) {
      return rows;
    }
    boolean isBusy = files >= spark.sparkContext().defaultParallelism();
    return tasks > files && isBusy ? rows.coalesce(files) : rows.repartition(files);
  }

  private List<JobResult.CuratedFile> keepOnlyParquet(Folders folders) throws IOException {
    List<FileStatus> found = storage.list(output.uri());
    for (String column : folders.columns()) {
      String begin = Folders.begin(column);
      List<FileStatus> below =
          keep(
              found,
              status -> status.isDirectory() && status.getPath().getName().startsWith(begin));
      found =
          Storage.forEach(below, folder -> storage.list(folder.getPath().toString())).stream()
              .flatMap(List::stream)
              .toList();
    }
    List<FileStatus> parquet =
        keep(found, status -> status.isFile() && status.getPath().getName().endsWith(ENDING));
    parquet.sort(Comparator.comparing(FileStatus::getPath));
    List<Long> counts = Storage.forEach(parquet, this::rows);
    List<JobResult.CuratedFile> files = new ArrayList<>();
    for (int i = 0; i < parquet.size(); i++) {
      FileStatus status = parquet.get(i);
      if (counts.get(i) == 0) {
        // Spark writes one file even without rows, to keep the schema; here the result keeps it.
        storage.fileSystem(status.getPath()).delete(status.getPath(), false);
      } else {
        files.add(new JobResult.CuratedFile(uri(status), status.getLen(), counts.get(i)));
      }
    }
    return files;
  }

  /** Deletes unneeded files. */
  private List<FileStatus> keep(List<FileStatus> found, Predicate<FileStatus> isWanted)
      throws IOException {
    List<FileStatus> kept = new ArrayList<>();
    for (FileStatus status : found) {
      if (isWanted.test(status)) {
        kept.add(status);
      } else {
        storage.fileSystem(status.getPath()).delete(status.getPath(), true);
      }
    }
    return kept;
  }

  /** The file's address under the prefix as it was given: a file system may call itself s3a. */
  private String uri(FileStatus status) {
    int base = new Path(output.uri()).toUri().getPath().length() + 1;
    return output.uri() + status.getPath().toUri().getPath().substring(base);
  }

  private long rows(FileStatus status) throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromStatus(status, storage.hadoop()))) {
      return reader.getRecordCount();
    }
  }

  /** The columns as the result lists them. */
  static List<contract.Column> columns(Dataset<Row> rows) {
    return Arrays.stream(rows.schema().fields())
        .map(field -> new contract.Column(field.name(), field.dataType().catalogString()))
        .toList();
  }
}
