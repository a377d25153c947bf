package sparkjob.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import sparkjob.contract.JobFailure;

/** The first record of CSV that names its columns. */
public final class Header {

  private Header() {}

  /**
   * Takes the next record as the header; nothing if there is none.
   *
   * @throws JobFailure if it cannot be read
   */
  public static Optional<List<String>> read(CsvRecords records, String uri) throws IOException {
    if (!records.next()) {
      return Optional.empty();
    }
    try {
      records.check();
    } catch (Unparsable e) {
      throw JobFailure.data(
          "The header of " + uri + " cannot be read: " + e.getMessage(), List.of(uri));
    }
    List<String> names = new ArrayList<>();
    for (int i = 0; i < records.fields(); i++) {
      byte[] text = records.text(i);
      int from = records.from(i, text);
      names.add(new String(text, from, records.to(i, text) - from, StandardCharsets.UTF_8));
    }
    return Optional.of(names);
  }

  /**
   * Takes the next record as the header, which must name the schema's columns in their order. An
   * object without any record has no header and is fine.
   *
   * @throws JobFailure with both lists of names if it does not
   */
  public static void check(CsvRecords records, StructType schema, String uri) throws IOException {
    List<String> declared = List.of(schema.fieldNames());
    Optional<List<String>> names = read(records, uri);
    if (names.isPresent() && !names.get().equals(declared)) {
      throw JobFailure.data(
          "The header of %s is not what is declared: it has %s and the columns are %s"
              .formatted(uri, names.get(), declared),
          List.of(uri));
    }
  }
}
