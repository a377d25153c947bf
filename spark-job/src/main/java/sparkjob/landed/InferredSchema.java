package sparkjob.landed;

import contract.Inference;
import contract.InputFormat;
import contract.Manifest;
import contract.MixedSchemas;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import sparkjob.text.CsvRecords;
import sparkjob.text.CsvSyntax;
import sparkjob.text.Header;
import sparkjob.text.JsonRecords;
import sparkjob.text.JsonShape;
import sparkjob.text.LineRecords;
import sparkjob.text.Names;
import sparkjob.text.NullValues;
import sparkjob.text.Records;
import sparkjob.text.TextValue;
import sparkjob.text.Window;

/**
 * Columns inferred from all rows of text objects, which reads the input once more than with
 * declared ones.
 */
public record InferredSchema(SparkSession spark, LandedForm input, Manifest manifest) {

  /**
   * The columns, whose types hold every value as it is written; none if no row of any object shows
   * a column.
   */
  public StructType infer() {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    StructType found = input.format() == InputFormat.CSV ? ofCsv(hadoop) : ofJson(hadoop);
    StructType texts = new StructType();
    for (String name : found.fieldNames()) {
      texts = texts.add(name, DataTypes.StringType, true);
    }
    return input.inference() == Inference.NONE ? texts : found;
  }

  /** An object's columns: the names of its header, or Spark's own for a missing one. */
  private record ObjectColumns(List<String> names, InferredTypes types) implements Serializable {}

  private StructType ofCsv(Configuration hadoop) {
    LandedForm how = input;
    SerializableConfiguration conf = new SerializableConfiguration(hadoop);
    List<ObjectColumns> found =
        objects().map(object -> columnsOf(object.uri(), how, conf.value())).collect();
    List<String> names = new ArrayList<>();
    for (ObjectColumns object : found) {
      boolean isJoined = names.isEmpty() || input.mixedSchemas() == MixedSchemas.MERGE;
      if (isJoined && (names.isEmpty() || input.csv().header())) {
        int[] places = Names.match(names, object.names());
        Names.unmatched(places, object.names().size())
            .forEach(place -> names.add(object.names().get(place)));
      }
    }
    InferredTypes types = new InferredTypes(names.size());
    for (ObjectColumns object : found) {
      int[] places = Names.match(object.names(), names);
      boolean isWidthRight = input.csv().header() || object.names().size() == names.size();
      types = isWidthRight ? types.and(object.types().among(names.size(), places)) : types;
    }
    return types.schema(names);
  }

  private static ObjectColumns columnsOf(String uri, LandedForm how, Configuration hadoop)
      throws IOException {
    Optional<CsvSyntax> csv = Optional.of(how.csv());
    try (InputStream in = LandedHeader.open(uri, csv, how.forms(), hadoop)) {
      Optional<Header> first = LandedHeader.read(uri, how.csv(), how.forms(), hadoop);
      int width = first.map(header -> header.names().size()).orElse(0);
      InferredTypes types = new InferredTypes(width);
      CsvRecords records = new CsvRecords(new Window(in, 0), Long.MAX_VALUE, how.csv());
      List<String> names = IntStream.range(0, width).mapToObj(i -> "_c" + i).toList();
      if (how.csv().header() && first.isPresent()) {
        first.get().mustDiffer(uri);
        names = first.get().names();
        records.next();
        records.passOver(first.get());
      }
      List<TextValue> values = InferredTypes.values(how.forms());
      NullValues nulls = new NullValues(how.forms().nullValues());
      while (how.inference() == Inference.TYPES && records.next()) {
        types.see(records, values, nulls);
      }
      return new ObjectColumns(names, types);
    } catch (IOException e) {
      throw ObjectStream.unreadable(uri, InputFormat.CSV, e);
    }
  }

  private StructType ofJson(Configuration hadoop) {
    SerializableConfiguration conf = new SerializableConfiguration(hadoop);
    LandedForm how = input;
    JsonShape all = new JsonShape();
    objects().map(object -> shapeOf(object.uri(), how, conf.value())).collect().forEach(all::add);
    return all.columns();
  }

  private static JsonShape shapeOf(String uri, LandedForm how, Configuration hadoop)
      throws IOException {
    try (InputStream in = LandedHeader.open(uri, Optional.empty(), how.forms(), hadoop)) {
      Window window = new Window(in, 0, how.forms().encoding());
      Records records =
          how.format() == InputFormat.JSON
              ? new JsonRecords(window)
              : new LineRecords(window, Long.MAX_VALUE);
      JsonShape shape = new JsonShape();
      while (records.next()) {
        shape.see(records);
      }
      return shape;
    } catch (IOException e) {
      throw ObjectStream.unreadable(uri, how.format(), e);
    }
  }

  private JavaRDD<Manifest.Entry> objects() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return context.parallelize(manifest.objects(), manifest.objects().size());
  }
}
