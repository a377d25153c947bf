package sparkjob.landed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import contract.InputFormat;
import contract.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import sparkjob.text.JsonRecords;
import sparkjob.text.LineRecords;
import sparkjob.text.Records;
import sparkjob.text.Window;

/** Finds the landed object with an inferred column; used only after a job has failed. */
public final class ColumnOrigin {
  private static final JsonFactory JSON = new JsonFactory();

  private ColumnOrigin() {}

  /** The first object, in the manifest's order, that has a column of that name. */
  public static Optional<String> of(
      String column, LandedForm input, Manifest manifest, SparkSession spark) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    SerializableConfiguration conf =
        new SerializableConfiguration(spark.sparkContext().hadoopConfiguration());
    List<Manifest.Entry> objects = manifest.objects();
    List<String> found =
        context
            .parallelize(objects, objects.size())
            .map(Manifest.Entry::uri)
            .filter(uri -> has(column, uri, input, conf.value()))
            .take(1);
    return found.stream().findFirst();
  }

  private static boolean has(String column, String uri, LandedForm input, Configuration hadoop)
      throws IOException {
    return switch (input.format()) {
      case CSV ->
          LandedHeader.read(uri, input.csv(), input.forms(), hadoop)
              .filter(header -> header.names().contains(column))
              .isPresent();
      case JSON, JSON_LINES -> jsonHas(column, uri, input, hadoop);
      case PARQUET -> parquetHas(column, uri, hadoop);
    };
  }

  private static boolean parquetHas(String column, String uri, Configuration hadoop)
      throws IOException {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(uri), hadoop))) {
      return reader.getFileMetaData().getSchema().containsField(column);
    }
  }

  private static boolean jsonHas(String column, String uri, LandedForm input, Configuration hadoop)
      throws IOException {
    try (InputStream in = LandedHeader.open(uri, Optional.empty(), input.forms(), hadoop)) {
      Window window = new Window(in, 0);
      Records records =
          input.format() == InputFormat.JSON
              ? new JsonRecords(window)
              : new LineRecords(window, Long.MAX_VALUE);
      while (records.next()) {
        if (isMember(column, records.raw())) {
          return true;
        }
      }
      return false;
    }
  }

  /** Of a row that is no JSON only the part before the fault counts. */
  private static boolean isMember(String column, String row) throws IOException {
    try (JsonParser parser = JSON.createParser(row)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        if (parser.currentName().equals(column)) {
          return true;
        }
        parser.nextToken();
        parser.skipChildren();
      }
      return false;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
