package sparkjob.text;

import contract.MixedSchemas;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import sparkjob.failure.JobFailure;

/**
 * The first record of CSV that names its columns.
 *
 * @param names without the blanks around them
 * @param hadBlanks whether there were any
 * @param raw the record as it is written
 */
public record Header(List<String> names, boolean hadBlanks, String raw) {

  /** Copies the list. */
  public Header {
    names = List.copyOf(names);
  }

  /**
   * Takes the next record as the header; nothing if there is none.
   *
   * @throws JobFailure if it cannot be read
   */
  public static Optional<Header> read(CsvRecords records, String uri) throws IOException {
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
    boolean hadBlanks = false;
    for (int i = 0; i < records.fields(); i++) {
      byte[] text = records.text(i);
      int from = records.from(i, text);
      String name = new String(text, from, records.to(i, text) - from, StandardCharsets.UTF_8);
      hadBlanks |= !name.equals(name.strip());
      names.add(name.strip());
    }
    return Optional.of(new Header(names, hadBlanks, records.raw()));
  }

  /**
   * Refuses a header that names a column twice.
   *
   * @throws JobFailure naming it
   */
  public void mustDiffer(String uri) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      Integer before = places.put(names.get(i), i);
      if (before != null) {
        throw JobFailure.data(
            names.get(i).isEmpty()
                ? "The header of %s has no name for its columns %d and %d"
                    .formatted(uri, before + 1, i + 1)
                : "The header of %s names the column %s twice".formatted(uri, names.get(i)),
            List.of(uri));
      }
    }
  }

  /**
   * The positions of the columns in an object with this header.
   *
   * @throws JobFailure if a name is there twice, or if there are other columns and they are not
   *     allowed
   */
  public CsvLayout layout(StructType schema, MixedSchemas mixed, String uri) {
    mustDiffer(uri);
    List<String> wanted = List.of(schema.fieldNames());
    int[] places = Names.match(wanted, names);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] == Names.NOWHERE) {
        differences.add("column " + wanted.get(i) + " is missing");
      }
    }
    for (int place : Names.unmatched(places, names.size())) {
      differences.add(
          names.get(place).isEmpty()
              ? "column %d, which has no name, is not expected".formatted(place + 1)
              : "column " + names.get(place) + " is not expected");
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
