package sparkjob.landed;

import contract.Manifest;
import contract.MixedSchemas;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import sparkjob.cluster.Settings;
import sparkjob.cluster.Storage;
import sparkjob.failure.JobFailure;
import sparkjob.text.Names;

/**
 * Makes the view {@code landed} of Parquet. Spark reads the rows. The footers show before what
 * Spark would not report: whether each object is Parquet, has the columns, and how many rows it
 * has.
 *
 * @param files how many files the rows are written to unchanged; 0 if they change, or the number is
 *     unknown
 */
public record LandedParquet(SparkSession spark, Storage storage, Manifest manifest, int files) {

  /** With more parts a query takes Spark longer to plan than the shuffle that they save. */
  private static final int MOST_GROUPS = 200;

  /**
   * The rows of all objects.
   *
   * @param declared which columns to read; empty: all
   * @param mixed how objects whose columns differ from those, or from each other, are treated
   * @throws JobFailure naming an object that is no Parquet, has other columns, or one that Spark
   *     does not read
   */
  public Landed rows(StructType declared, MixedSchemas mixed) throws IOException {
    List<ParquetObject> objects =
        Storage.forEach(
            manifest.objects(), object -> ParquetObject.read(object.uri(), storage.hadoop()));
    ReadCounts counts = new ReadCounts();
    for (int i = 0; i < objects.size(); i++) {
      Split split = new Split(i, objects.get(i).uri(), 0, Long.MAX_VALUE);
      counts.add(
          new SplitCount(split, objects.get(i).rows(), 0, 0, 0, List.of(), Map.of(), Map.of()));
    }
    Predicate<String> isWanted = wanted(declared);
    Map<String, ParquetColumns> found = found(objects, isWanted);
    Nanoseconds.mustBeMicroseconds(spark, objects, isWanted);
    if (mixed == MixedSchemas.MERGE) {
      MergedParquet merged = new MergedParquet(declared);
      objects.forEach(object -> merged.add(object.uri(), found.get(object.uri()).schema()));
      Settings.tellApart(spark, merged.schema());
      return new Landed(merged.rows((uris, schema) -> load(uris, schema, found)), counts, 0);
    }
    StructType schema = declared.isEmpty() ? found.get(objects.get(0).uri()).schema() : declared;
    for (ParquetObject object : objects) {
      StructType there = found.get(object.uri()).schema();
      mustHave(object.uri(), there, schema, declared.isEmpty());
    }
    Settings.tellApart(spark, schema);
    return grouped(objects, schema, found, counts);
  }

  /** Declared columns are matched by {@link Names}, so a case that differs may be meant too. */
  private static Predicate<String> wanted(StructType declared) {
    Set<String> names = new HashSet<>();
    for (String name : declared.fieldNames()) {
      names.add(name.toLowerCase(Locale.ROOT));
    }
    return name -> names.isEmpty() || names.contains(name.toLowerCase(Locale.ROOT));
  }

  private Map<String, ParquetColumns> found(
      List<ParquetObject> objects, Predicate<String> isWanted) {
    Map<MessageType, ParquetColumns> bySchema = new HashMap<>();
    Map<String, ParquetColumns> columns = new HashMap<>();
    boolean suitVectors = true;
    for (ParquetObject object : objects) {
      columns.put(
          object.uri(),
          bySchema.computeIfAbsent(
              object.schema(),
              any -> ParquetColumns.of(object, uri -> reader().load(uri).schema(), isWanted)));
      suitVectors &= ParquetColumns.suitVectors(object, isWanted, storage.hadoop());
    }
    if (!suitVectors) {
      Settings.readRowByRow(spark);
    }
    return columns;
  }

  /**
   * To write a given number of files, Spark would sort and shuffle all rows. If there are enough
   * objects, each task reads some whole objects instead, and writes what it has read.
   */
  private Landed grouped(
      List<ParquetObject> objects,
      StructType schema,
      Map<String, ParquetColumns> found,
      ReadCounts counts) {
    List<String> uris = objects.stream().map(ParquetObject::uri).toList();
    Optional<List<List<String>>> groups =
        files >= spark.sparkContext().defaultParallelism() && files <= MOST_GROUPS
            ? ObjectGroups.of(uris, objects.stream().map(ParquetObject::rows).toList(), files)
            : Optional.empty();
    if (groups.isEmpty()) {
      return new Landed(load(uris, schema, found), counts, 0);
    }
    Dataset<Row> rows =
        groups.get().stream()
            .map(group -> load(group, schema, found).coalesce(1))
            .reduce(Dataset::union)
            .orElseThrow();
    // Checked, not assumed: a Spark that makes other tasks of a union must not make other files.
    return new Landed(rows, counts, rows.rdd().getNumPartitions());
  }

  /** The failure to read an object, if that is what made Spark fail. */
  public Optional<JobFailure> blame(Throwable thrown) {
    for (Throwable cause : JobFailure.causes(thrown)) {
      String message = String.valueOf(cause.getMessage());
      Optional<String> named =
          manifest.objects().stream()
              .map(Manifest.Entry::uri)
              .filter(uri -> names(message, new Path(uri)))
              // One object's address may begin as another's.
              .max(Comparator.comparingInt(String::length));
      if (named.isPresent()) {
        return named.map(uri -> ParquetFailure.ofRows(uri, cause));
      }
    }
    return Optional.empty();
  }

  private static boolean names(String message, Path path) {
    return message.contains(path.toString()) || message.contains(path.toUri().toString());
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

  /** Objects in which the same columns have nanoseconds are read together. */
  private Dataset<Row> load(
      List<String> uris, StructType schema, Map<String, ParquetColumns> found) {
    Map<Set<String>, List<String>> byNanos = new LinkedHashMap<>();
    for (String uri : uris) {
      byNanos.computeIfAbsent(found.get(uri).nanos(), any -> new ArrayList<>()).add(uri);
    }
    return byNanos.entrySet().stream()
        .map(alike -> load(alike.getValue(), schema, alike.getKey()))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  private Dataset<Row> load(List<String> uris, StructType schema, Set<String> nanos) {
    StructType read = nanos.isEmpty() ? schema : Nanoseconds.asRead(schema, nanos);
    Dataset<Row> rows = reader().schema(read).load(uris.toArray(String[]::new));
    return nanos.isEmpty() ? rows : Nanoseconds.asTimestamps(rows, schema, nanos);
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
