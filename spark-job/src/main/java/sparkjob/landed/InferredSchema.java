package sparkjob.landed;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
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
import sparkjob.contract.CsvSyntax;
import sparkjob.contract.JobDescription;
import sparkjob.contract.JobFailure;
import sparkjob.contract.Manifest;
import sparkjob.text.ByteOrderMark;
import sparkjob.text.CsvRecords;
import sparkjob.text.Header;
import sparkjob.text.JsonRecords;
import sparkjob.text.LineRecords;
import sparkjob.text.Records;
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

  private StructType ofCsv(Configuration hadoop) throws IOException {
    List<String> names = csvNames(hadoop);
    CsvSyntax syntax = input.csv();
    SerializableConfiguration conf = new SerializableConfiguration(hadoop);
    int width = names.size();
    List<InferredTypes> types =
        objects().map(object -> typesOf(object.uri(), syntax, width, conf.value())).collect();
    return types.stream().reduce(new InferredTypes(width), InferredTypes::and).schema(names);
  }

  /**
   * Names from the first object that has a record: its header, or Spark's own for a missing one.
   */
  private List<String> csvNames(Configuration hadoop) throws IOException {
    for (Manifest.LandedObject object : manifest.objects()) {
      String uri = object.uri();
      try (InputStream in = open(uri, hadoop)) {
        Optional<List<String>> first = Header.read(csv(in, input.csv()), uri);
        if (first.isPresent()) {
          int width = first.get().size();
          return input.csv().header()
              ? first.get()
              : IntStream.range(0, width).mapToObj(i -> "_c" + i).toList();
        }
      } catch (IOException e) {
        throw ObjectStream.unreadable(uri, JobDescription.Format.CSV, e);
      }
    }
    return List.of();
  }

  private static InferredTypes typesOf(
      String uri, CsvSyntax syntax, int width, Configuration hadoop) throws IOException {
    InferredTypes types = new InferredTypes(width);
    try (InputStream in = open(uri, hadoop)) {
      CsvRecords records = csv(in, syntax);
      if (syntax.header()) {
        records.next();
      }
      while (records.next()) {
        types.see(records);
      }
    } catch (IOException e) {
      throw ObjectStream.unreadable(uri, JobDescription.Format.CSV, e);
    }
    return types;
  }

  private StructType ofJson(Configuration hadoop) {
    SerializableConfiguration conf = new SerializableConfiguration(hadoop);
    JobDescription.Format format = input.format();
    JavaRDD<String> lines =
        objects().flatMap(object -> new JsonTexts(object.uri(), format, conf.value()));
    return spark
        .read()
        .option("mode", "DROPMALFORMED")
        .json(spark.createDataset(lines.rdd(), Encoders.STRING()))
        .schema();
  }

  private static CsvRecords csv(InputStream in, CsvSyntax syntax) {
    return new CsvRecords(new Window(in, 0), Long.MAX_VALUE, syntax);
  }

  /** The object from its first character on. */
  private static InputStream open(String uri, Configuration hadoop) throws IOException {
    PushbackInputStream in = new PushbackInputStream(ObjectStream.open(uri, 0, hadoop), 3);
    byte[] head = in.readNBytes(3);
    int mark = ByteOrderMark.lengthOf(head, uri);
    in.unread(head, mark, head.length - mark);
    return in;
  }

  /** The lines or elements of an object, each read when it is asked for. */
  private static final class JsonTexts implements Iterator<String> {
    private final String uri;
    private final InputStream in;
    private final JobDescription.Format format;
    private final Records records;
    private boolean has;

    JsonTexts(String uri, JobDescription.Format format, Configuration hadoop) throws IOException {
      this.uri = uri;
      this.format = format;
      this.in = open(uri, hadoop);
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
