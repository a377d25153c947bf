package sparkjob.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The common type of the JSON values in one place, which holds each of them as it is. If no other
 * type does, that is text.
 */
public final class JsonShape implements Serializable {
  private boolean hasTexts;
  private boolean hasBooleans;
  private ExactNumbers numbers;
  private TreeMap<String, JsonShape> members;
  private JsonShape elements;

  /** Takes a record into account, unless it will be rejected. */
  public void see(Records records) {
    try (JsonParser json = JsonText.parser(records)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return;
      }
      JsonShape seen = new JsonShape();
      seen.see(json);
      if (json.nextToken() == null) {
        add(seen);
      }
    } catch (JsonProcessingException | Unparsable e) {
      // It will be rejected with this reason when it is read.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException("Reading from memory cannot fail", e);
    }
  }

  private void see(JsonParser json) throws IOException {
    switch (json.currentToken()) {
      case START_OBJECT -> {
        members = members == null ? new TreeMap<>() : members;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          JsonShape member = members.computeIfAbsent(json.currentName(), any -> new JsonShape());
          json.nextToken();
          member.see(json);
        }
      }
      case START_ARRAY -> {
        elements = elements == null ? new JsonShape() : elements;
        while (json.nextToken() != JsonToken.END_ARRAY) {
          elements.see(json);
        }
      }
      case VALUE_STRING -> hasTexts = true;
      case VALUE_TRUE, VALUE_FALSE -> hasBooleans = true;
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        numbers = numbers == null ? new ExactNumbers() : numbers;
        byte[] number = json.getText().getBytes(StandardCharsets.ISO_8859_1);
        numbers.see(number, 0, number.length);
      }
      default -> {
        // Null is of every type.
      }
    }
  }

  /** Merges another shape, which must not be used afterwards. */
  public void add(JsonShape other) {
    hasTexts |= other.hasTexts;
    hasBooleans |= other.hasBooleans;
    if (other.numbers != null) {
      numbers = numbers == null ? other.numbers : numbers.and(other.numbers);
    }
    if (other.elements != null) {
      elements = elements == null ? new JsonShape() : elements;
      elements.add(other.elements);
    }
    if (other.members != null) {
      members = members == null ? new TreeMap<>() : members;
      for (Map.Entry<String, JsonShape> member : other.members.entrySet()) {
        members.computeIfAbsent(member.getKey(), any -> new JsonShape()).add(member.getValue());
      }
    }
  }

  /** The members of the objects in the order of their names; none if there was no object. */
  public StructType columns() {
    StructType columns = new StructType();
    if (members != null) {
      for (Map.Entry<String, JsonShape> member : members.entrySet()) {
        columns = columns.add(member.getKey(), member.getValue().type(), true);
      }
    }
    return columns;
  }

  private DataType type() {
    long kinds =
        Stream.of(hasTexts, hasBooleans, numbers != null, members != null, elements != null)
            .filter(isThere -> isThere)
            .count();
    if (kinds != 1 || hasTexts) {
      return DataTypes.StringType;
    } else if (hasBooleans) {
      return DataTypes.BooleanType;
    } else if (numbers != null) {
      return numbers.type().orElse(DataTypes.StringType);
    } else if (elements != null) {
      return DataTypes.createArrayType(elements.type());
    }
    return isStruct() ? columns() : DataTypes.StringType;
  }

  /**
   * Without members there is no struct, and if names differ only in case, some readers of Parquet
   * confuse two members.
   */
  private boolean isStruct() {
    long names =
        members.keySet().stream().map(name -> name.toLowerCase(Locale.ROOT)).distinct().count();
    return !members.isEmpty() && names == members.size();
  }
}
