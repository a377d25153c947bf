package sparkjob.landed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkjob.cluster.Settings;
import sparkjob.cluster.Storage;
import sparkjob.contract.JobFailure;
import sparkjob.contract.Manifest;
import sparkjob.contract.MixedSchemas;

/**
 * Makes the view {@code landed} of Parquet. Spark reads it; what Spark would not tell is taken from
 * the footers before: whether each object is Parquet, has the columns, and how many rows it has.
 *
 * @param files how many files the rows go into as they are; 0 where that is not so, or not known
 */
public record LandedParquet(SparkSession spark, Storage storage, Manifest manifest, int files) {

  /** A query of more parts takes Spark longer to plan than the shuffle that they spare. */
  private static final int MOST_GROUPS = 200;

  private record Footer(long rows, MessageType schema) {}

  /**
   * The rows of all objects.
   *
   * @param declared which columns to read; empty: all
   * @param mixed what becomes of objects whose columns differ from those, or from each other
   * @throws JobFailure naming an object that is no Parquet or has other columns
   */
  public Landed rows(StructType declared, MixedSchemas mixed) throws IOException {
    List<Footer> footers = Storage.forEach(manifest.objects(), this::footer);
    ReadCounts counts = new ReadCounts();
    Map<MessageType, StructType> schemas = new HashMap<>();
    StructType schema = declared;
    MergedParquet merged = new MergedParquet(declared);
    for (int i = 0; i < footers.size(); i++) {
      String uri = manifest.objects().get(i).uri();
      Split split = new Split(i, uri, 0, Long.MAX_VALUE);
      counts.add(new SplitCount(split, footers.get(i).rows(), 0, 0, 0, List.of(), Map.of(), Map.of()));
      StructType found =
          schemas.computeIfAbsent(footers.get(i).schema(), any -> load(List.of(uri)).schema());
      if (mixed == MixedSchemas.MERGE) {
        merged.add(uri, found);
        continue;
      }
      if (schema.isEmpty()) {
        schema = found;
      }
      mustHave(uri, found, schema, declared.isEmpty());
    }
    if (mixed == MixedSchemas.MERGE) {
      Settings.tellApart(spark, merged.schema());
      return new Landed(merged.rows(this::load), counts, 0);
    }
    Settings.tellApart(spark, schema);
    return grouped(footers, schema, counts);
  }

  /**
   * Spark would spread the rows over as many files as are wanted by sorting and shuffling all of
   * them. Where there are enough objects, each task reads some of them whole instead, and writes
   * what it has read.
   */
  private Landed grouped(List<Footer> footers, StructType schema, ReadCounts counts) {
    List<String> uris = manifest.objects().stream().map(Manifest.LandedObject::uri).toList();
    Optional<List<List<String>>> groups =
        files >= spark.sparkContext().defaultParallelism() && files <= MOST_GROUPS
            ? ObjectGroups.of(uris, footers.stream().map(Footer::rows).toList(), files)
            : Optional.empty();
    if (groups.isEmpty()) {
      return new Landed(load(uris, schema), counts, 0);
    }
    Dataset<Row> rows =
        groups.get().stream()
            .map(group -> load(group, schema).coalesce(1))
            .reduce(Dataset::union)
            .orElseThrow();
    // Asked rather than assumed: a Spark that makes other tasks of a union must not make other
    // files.
    return new Landed(rows, counts, rows.rdd().getNumPartitions());
  }

  /** The object that Spark failed to read, if that is what made it fail. */
  public Optional<JobFailure> blame(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      for (Manifest.LandedObject object : manifest.objects()) {
        Path path = new Path(object.uri());
        if (message.contains(path.toString()) || message.contains(path.toUri().toString())) {
          return Optional.of(
              JobFailure.data(
                  "Cannot read %s as parquet: its content is damaged".formatted(object.uri()),
                  List.of(object.uri())));
        }
      }
    }
    return Optional.empty();
  }

  private Footer footer(Manifest.LandedObject object) throws IOException {
    Path path = new Path(object.uri());
    if (isPassedOver(path.getName())) {
      throw unreadable(object.uri(), "Spark passes over Parquet whose name begins with _ or .");
    }
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(path, storage.hadoop()))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      return new Footer(reader.getRecordCount(), schema);
    } catch (RuntimeException e) {
      // What Parquet throws for bytes that are none.
      throw unreadable(object.uri(), String.valueOf(e.getMessage()));
    }
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

  private static JobFailure unreadable(String uri, String why) {
    return JobFailure.data("Cannot read " + uri + " as parquet: " + why, List.of(uri));
  }

  private static void mustHave(String uri, StructType found, StructType wanted, boolean exactly) {
    Map<String, String> types = new HashMap<>();
    for (StructField field : found.fields()) {
      types.put(field.name(), field.dataType().catalogString());
    }
    List<String> differences = new ArrayList<>();
    for (StructField field : wanted.fields()) {
      String type = types.remove(field.name());
      String declared = field.dataType().catalogString();
      if (!declared.equals(type)) {
        String has = type == null ? "there is none" : "it is " + type;
        differences.add("column " + field.name() + " must be " + declared + " and " + has);
      }
    }
    if (exactly) {
      types.forEach(
          (name, type) -> differences.add("column " + name + " is not in the first object"));
    }
    if (!differences.isEmpty()) {
      throw JobFailure.data(
          "The columns of " + uri + " are not as they should be: " + String.join(", ", differences),
          List.of(uri));
    }
  }

  private Dataset<Row> load(List<String> uris) {
    return reader().load(uris.toArray(String[]::new));
  }

  private Dataset<Row> load(List<String> uris, StructType schema) {
    return reader().schema(schema).load(uris.toArray(String[]::new));
  }

  private DataFrameReader reader() {
    return spark
        .read()
        .format("parquet")
        // Keys are no patterns. The name is that of Spark's DataSource.GLOB_PATHS_KEY.
        .option("__globPaths__", "false")
        // A folder named a=b gives no column.
        .option("recursiveFileLookup", "true");
  }
}
