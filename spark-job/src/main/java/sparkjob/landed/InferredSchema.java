package sparkjob.landed;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import sparkjob.contract.JobDescription;
import sparkjob.contract.JobFailure;
import sparkjob.contract.Manifest;
import sparkjob.contract.MixedSchemas;
import sparkjob.text.CsvRecords;
import sparkjob.text.Header;
import sparkjob.text.JsonRecords;
import sparkjob.text.LineRecords;
import sparkjob.text.Names;
import sparkjob.text.NullValues;
import sparkjob.text.Records;
import sparkjob.text.TextValue;
import sparkjob.text.Window;

/**
 * Columns inferred from all rows of text objects, which reads the input once more than declared
 * ones do.
 */
public record InferredSchema(SparkSession spark, JobDescription.Input input, Manifest manifest) {

  /**
   * The columns, whose types hold every value that was seen.
   *
   * @throws JobFailure if there is nothing to infer them from
   */
  public StructType infer() throws IOException {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    StructType schema =
        input.format() == JobDescription.Format.CSV ? ofCsv(hadoop) : ofJson(hadoop);
    if (schema.isEmpty()) {
      List<String> uris = manifest.objects().stream().map(Manifest.LandedObject::uri).toList();
      throw JobFailure.data(
          "No object has a row that columns could be inferred from: " + uris, uris);
    }
    return schema;
  }

  /** An object's columns: the names of its header, or Spark's own for a missing one. */
  private record ObjectColumns(List<String> names, InferredTypes types) implements Serializable {}

  private StructType ofCsv(Configuration hadoop) {
    JobDescription.Input how = input;
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

  private static ObjectColumns columnsOf(String uri, JobDescription.Input how, Configuration hadoop)
      throws IOException {
    try (InputStream in = LandedHeader.open(uri, how.forms(), hadoop)) {
      Optional<List<String>> first = LandedHeader.read(uri, how.csv(), how.forms(), hadoop);
      int width = first.map(List::size).orElse(0);
      InferredTypes types = new InferredTypes(width);
      CsvRecords records = new CsvRecords(new Window(in, 0), Long.MAX_VALUE, how.csv());
      if (how.csv().header()) {
        records.next();
        Header.mustDiffer(first.orElse(List.of()), uri);
      }
      List<TextValue> values = InferredTypes.values(how.forms());
      NullValues nulls = new NullValues(how.forms().nullValues());
      while (records.next()) {
        types.see(records, values, nulls);
      }
      List<String> plain = IntStream.range(0, width).mapToObj(i -> "_c" + i).toList();
      return new ObjectColumns(how.csv().header() ? first.orElse(List.of()) : plain, types);
    } catch (IOException e) {
      throw ObjectStream.unreadable(uri, JobDescription.Format.CSV, e);
    }
  }

  private StructType ofJson(Configuration hadoop) {
    SerializableConfiguration conf = new SerializableConfiguration(hadoop);
    JobDescription.Input how = input;
    JavaRDD<String> lines =
        objects().flatMap(object -> new JsonTexts(object.uri(), how, conf.value()));
    return spark
        .read()
        .option("mode", "DROPMALFORMED")
        .json(spark.createDataset(lines.rdd(), Encoders.STRING()))
        .schema();
  }

  /** The lines or elements of an object, each read when it is asked for. */
  private static final class JsonTexts implements Iterator<String> {
    private final String uri;
    private final InputStream in;
    private final JobDescription.Format format;
    private final Records records;
    private boolean has;

    JsonTexts(String uri, JobDescription.Input how, Configuration hadoop) throws IOException {
      this.uri = uri;
      this.format = how.format();
      this.in = LandedHeader.open(uri, how.forms(), hadoop);
      Window window = new Window(in, 0);
      this.records =
          format == JobDescription.Format.JSON
              ? new JsonRecords(window)
              : new LineRecords(window, Long.MAX_VALUE);
      advance();
    }

    @Override
    public boolean hasNext() {
      return has;
    }

    @Override
    public String next() {
      if (!has) {
        throw new NoSuchElementException();
      }
      String line = records.raw();
      advance();
      return line;
    }

    private void advance() {
      try {
        has = records.next();
        if (!has) {
          in.close();
        }
      } catch (IOException e) {
        throw failure(e);
      }
    }

    private RuntimeException failure(IOException e) {
      try {
        return ObjectStream.unreadable(uri, format, e);
      } catch (IOException storage) {
        return new UncheckedIOException(storage);
      }
    }
  }

  private JavaRDD<Manifest.LandedObject> objects() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return context.parallelize(manifest.objects(), manifest.objects().size());
  }
}
