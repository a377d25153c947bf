package sparkjob.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Rows of JSON: each line, or each element, is one object. A member that is not declared is
 * ignored; a declared one that is absent or null is null.
 */
public final class JsonRows implements RowParser {
  private final Records records;
  private final String record;
  private final JsonValue.Struct struct;

  /** Prepares to make rows of the lines of {@code records}. */
  public JsonRows(LineRecords records, StructType schema, ValueForms forms) {
    this(records, "line", schema, forms);
  }

  /** Prepares to make rows of the elements of {@code records}. */
  public JsonRows(JsonRecords records, StructType schema, ValueForms forms) {
    this(records, "element", schema, forms);
  }

  private JsonRows(Records records, String record, StructType schema, ValueForms forms) {
    this.records = records;
    this.record = record;
    this.struct = new JsonValue.Struct("", schema, forms, records.window);
  }

  @Override
  public InternalRow parse() throws Unparsable {
    try (JsonParser json = JsonText.parser(records)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new Unparsable("the " + record + " is not a JSON object");
      }
      Object[] row = struct.members(json);
      if (json.nextToken() != null) {
        throw new Unparsable("something follows the JSON object on its line");
      }
      return new GenericInternalRow(row);
    } catch (JsonProcessingException e) {
      throw JsonText.unparsable(record, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory cannot fail", e);
    }
  }
}
