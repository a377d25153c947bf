package sparkjob;

import contract.JobResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkjob.cluster.Settings;
import sparkjob.cluster.Storage;

/**
 * Writes curated files again if their sizes are far from the target. Spark commits the new files
 * before the old ones are deleted; neither is read before the result says which exist.
 *
 * @param schema of the files, without the columns that are folders
 */
record Rewriting(SparkSession spark, Storage storage, StructType schema, FileSizes sizes) {

  /**
   * Rewrites in a session of its own, with the settings of the job's session.
   *
   * @param rows the columns of the whole output
   */
  static Rewriting of(
      SparkSession job, Storage storage, StructType rows, Folders folders, FileSizes sizes) {
    SparkSession spark = job.newSession();
    Settings.apply(spark, true);
    spark.conf().set("spark.sql.caseSensitive", job.conf().get("spark.sql.caseSensitive"));
    // Whole files go together into tasks of at most the target; each task writes one.
    spark.conf().set("spark.sql.files.maxPartitionBytes", sizes.target() + "b");
    spark.conf().set("spark.sql.files.openCostInBytes", "0b");
    spark.conf().set("spark.sql.files.minPartitionNum", "1");
    StructField[] fields =
        Arrays.stream(rows.fields())
            .filter(field -> !folders.columns().contains(field.name()))
            .toArray(StructField[]::new);
    return new Rewriting(spark, storage, new StructType(fields), sizes);
  }

  /**
   * Does all of them, several folders at once: each rewrite is a job of its own, and most are
   * small. In one folder they run one after another, because Spark's committer also commits what
   * another job has in the same folder.
   */
  void run(List<FileSizes.Rewrite> rewrites) throws IOException {
    Map<String, List<FileSizes.Rewrite>> byFolder =
        rewrites.stream().collect(Collectors.groupingBy(FileSizes.Rewrite::folder));
    Storage.forEach(
        List.copyOf(byFolder.values()),
        ofFolder -> {
          for (FileSizes.Rewrite rewrite : ofFolder) {
            write(rewrite);
            delete(rewrite.files());
          }
          return null;
        });
  }

  private void delete(List<JobResult.CuratedFile> files) throws IOException {
    for (JobResult.CuratedFile file : files) {
      Path path = new Path(file.uri());
      if (!storage.fileSystem(path).delete(path, false)) {
        throw new IOException("Cannot delete " + file.uri() + ", which was written anew");
      }
    }
  }

  private void write(FileSizes.Rewrite rewrite) {
    String[] uris = rewrite.files().stream().map(JobResult.CuratedFile::uri).toArray(String[]::new);
    Dataset<Row> rows =
        spark
            .read()
            .schema(schema)
            // A folder's name is no pattern, and gives no column here.
            .option("__globPaths__", "false")
            .option("recursiveFileLookup", "true")
            .parquet(uris);
    if (rewrite.isSplit()) {
      rows = rows.repartition(sizes.count(rewrite.bytes()));
    }
    rows.write()
        .mode(SaveMode.Append)
        .option("compression", "snappy")
        .option("mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .parquet(rewrite.folder());
  }
}
