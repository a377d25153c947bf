package sparkjob.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.types.StructType;
import sparkjob.contract.JobFailure;
import sparkjob.contract.MixedSchemas;

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
   * Refuses a header that names a column twice.
   *
   * @throws JobFailure naming it
   */
  public static void mustDiffer(List<String> names, String uri) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name)) {
        throw JobFailure.data(
            "The header of %s names the column %s twice".formatted(uri, name), List.of(uri));
      }
    }
  }

  /**
   * Where an object with this header has the columns.
   *
   * @throws JobFailure if a name is there twice, or if other columns than these are there and that
   *     is not to be
   */
  public static CsvLayout layout(
      List<String> names, StructType schema, MixedSchemas mixed, String uri) {
    mustDiffer(names, uri);
    List<String> wanted = List.of(schema.fieldNames());
    int[] places = Names.match(wanted, names);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] == Names.NOWHERE) {
        differences.add("column " + wanted.get(i) + " is missing");
      }
    }
    for (int place : Names.unmatched(places, names.size())) {
      differences.add("column " + names.get(place) + " is not expected");
    }
    if (mixed == MixedSchemas.FAIL && !differences.isEmpty()) {
      throw JobFailure.data(
          "The header of %s is not what it should be: %s; it has %s and the columns are %s"
              .formatted(uri, String.join(", ", differences), names, wanted),
          List.of(uri));
    }
    return new CsvLayout(names.size(), Arrays.stream(places).boxed().toList());
  }
}
