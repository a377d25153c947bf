package sparkjob.landed;

import contract.JobResult;
import contract.Manifest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import sparkjob.cluster.Storage;
import sparkjob.failure.JobFailure;

/**
 * Objects beside Parquet that are no data: the files that Spark, Hadoop and others leave in the
 * folders that they write.
 */
public final class SkippedParquet {
  /** What a Parquet file begins with. */
  private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

  /** Parquet's ParquetFileWriter: the footers of other files in one, without any rows. */
  private static final Set<String> SUMMARIES = Set.of("_metadata", "_common_metadata");

  private SkippedParquet() {}

  /**
   * The objects of a batch that hold no rows.
   *
   * @throws JobFailure naming one that is Parquet and that Spark would ignore
   */
  public static List<JobResult.Skipped> of(Manifest manifest, Storage storage) throws IOException {
    return Storage.forEach(manifest.objects(), object -> skipped(object, storage)).stream()
        .filter(Objects::nonNull)
        .toList();
  }

  /** Null if the object is to be read. */
  private static JobResult.Skipped skipped(Manifest.Entry object, Storage storage)
      throws IOException {
    String name = new Path(object.uri()).getName();
    if (object.size() == 0) {
      return new JobResult.Skipped(object.uri(), "it has no bytes");
    }
    if (SUMMARIES.contains(name)) {
      return new JobResult.Skipped(object.uri(), "it sums up other files and has no rows itself");
    }
    if (!isPassedOver(name)) {
      return null;
    }
    if (Arrays.equals(storage.readAtMost(object.uri(), MAGIC.length), MAGIC)) {
      throw JobFailure.data(
          "Cannot read %s as parquet: Spark passes over Parquet whose name begins with _ or . or ends with ._COPYING_; land it under another name, or leave it out by the pipeline's landing.exclude"
              .formatted(object.uri()),
          List.of(object.uri()));
    }
    return new JobResult.Skipped(
        object.uri(), "it is no Parquet, and its name is that of a note beside it");
  }

  /**
   * Spark's HadoopFSUtils.shouldFilterOutPathName: such files are not read even if they are named
   * one by one.
   */
  private static boolean isPassedOver(String name) {
    return name.startsWith(".")
        || (name.startsWith("_") && !name.contains("="))
        || name.endsWith("._COPYING_");
  }
}
