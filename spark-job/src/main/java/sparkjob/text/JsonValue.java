package sparkjob.text;

import com.fasterxml.jackson.core.Base64Variants;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/** Converts one JSON value to a value of a declared type, in Spark's internal form. */
public abstract class JsonValue {
  /** Its place, for messages: {@code column a.b[]}. */
  final String name;

  final DataType type;

  private JsonValue(String name, DataType type) {
    this.name = name;
    this.type = type;
  }

  /**
   * Reads the parser's current value, up to its last token.
   *
   * @throws Unparsable if it is no value of the type
   */
  abstract Object read(JsonParser json) throws IOException, Unparsable;

  /** Whether JSON can hold this type. */
  public static boolean holds(DataType type) {
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (!holds(field.dataType())) {
          return false;
        }
      }
      return true;
    } else if (type instanceof ArrayType array) {
      return holds(array.elementType());
    } else if (type instanceof MapType map) {
      return map.keyType() instanceof StringType && holds(map.valueType());
    }
    return TextValue.holds(type);
  }

  private static JsonValue of(String name, DataType type, ValueForms forms, Window window) {
    if (type instanceof StructType struct) {
      return new Struct(name, struct, forms, window);
    } else if (type instanceof ArrayType array) {
      return new Elements(name, array, forms, window);
    } else if (type instanceof MapType map) {
      return new Entries(name, map, forms, window);
    } else if (type instanceof StringType) {
      return new Text(name, type, window);
    }
    return new Scalar(name, type, forms);
  }

  Object readNullable(JsonParser json) throws IOException, Unparsable {
    return json.currentToken() == JsonToken.VALUE_NULL ? null : read(json);
  }

  Unparsable misfit(JsonParser json) throws IOException {
    return misfit(json, "");
  }

  /**
   * The reason why a value is not of the type.
   *
   * @param why more about it, to follow the value
   */
  Unparsable misfit(JsonParser json, String why) throws IOException {
    String found =
        switch (json.currentToken()) {
          case START_OBJECT -> "an object";
          case START_ARRAY -> "a list";
          case VALUE_STRING -> CsvRows.shown(json.getText());
          default -> json.getText();
        };
    return new Unparsable(
        CsvRows.misfit(name, type),
        "column %s is declared %s and holds %s%s"
            .formatted(name, type.catalogString(), found, why));
  }

  /** A JSON object with declared members. */
  static final class Struct extends JsonValue {
    private final JsonValue[] values;
    private final Map<String, Integer> indexes = new HashMap<>();

    Struct(String name, StructType struct, ValueForms forms, Window window) {
      super(name, struct);
      values = new JsonValue[struct.fields().length];
      for (int i = 0; i < values.length; i++) {
        StructField field = struct.fields()[i];
        values[i] =
            of(
                name.isEmpty() ? field.name() : name + "." + field.name(),
                field.dataType(),
                forms,
                window);
        indexes.put(field.name(), i);
      }
    }

    @Override
    Object read(JsonParser json) throws IOException, Unparsable {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw misfit(json);
      }
      return new GenericInternalRow(members(json));
    }

    /**
     * The members' values in the order of their declaration; the parser is at the object's start.
     */
    Object[] members(JsonParser json) throws IOException, Unparsable {
      Object[] row = new Object[values.length];
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        Integer index = indexes.get(json.currentName());
        json.nextToken();
        if (index == null) {
          json.skipChildren();
        } else {
          row[index] = values[index].readNullable(json);
        }
      }
      return row;
    }
  }

  private static final class Elements extends JsonValue {
    private final JsonValue element;

    Elements(String name, ArrayType array, ValueForms forms, Window window) {
      super(name, array);
      element = of(name + "[]", array.elementType(), forms, window);
    }

    @Override
    Object read(JsonParser json) throws IOException, Unparsable {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw misfit(json);
      }
      List<Object> elements = new ArrayList<>();
      while (json.nextToken() != JsonToken.END_ARRAY) {
        elements.add(element.readNullable(json));
      }
      return new GenericArrayData(elements.toArray());
    }
  }

  private static final class Entries extends JsonValue {
    private final JsonValue value;

    Entries(String name, MapType map, ValueForms forms, Window window) {
      super(name, map);
      value = of(name + "{}", map.valueType(), forms, window);
    }

    @Override
    Object read(JsonParser json) throws IOException, Unparsable {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw misfit(json);
      }
      // No key is there twice: such a record is not JSON to the parser.
      Map<UTF8String, Object> entries = new LinkedHashMap<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        UTF8String key = UTF8String.fromString(json.currentName());
        json.nextToken();
        entries.put(key, value.readNullable(json));
      }
      return new ArrayBasedMapData(
          new GenericArrayData(entries.keySet().toArray()),
          new GenericArrayData(entries.values().toArray()));
    }
  }

  /** A text, or any other value exactly as it is written, byte for byte. */
  private static final class Text extends JsonValue {
    private final Window window;

    Text(String name, DataType type, Window window) {
      super(name, type);
      this.window = window;
    }

    @Override
    Object read(JsonParser json) throws IOException {
      if (!json.currentToken().isStructStart()) {
        return UTF8String.fromString(json.getText());
      }
      // The parser counts from the start of the record.
      int from = (int) json.currentTokenLocation().getByteOffset();
      json.skipChildren();
      int to = (int) json.currentLocation().getByteOffset();
      return UTF8String.fromBytes(
          Arrays.copyOfRange(window.bytes, window.start + from, window.start + to));
    }
  }

  private static final class Scalar extends JsonValue {
    private final TextValue value;
    private final ValueForms forms;

    Scalar(String name, DataType type, ValueForms forms) {
      super(name, type);
      this.forms = forms;
      this.value = TextValue.of(type, forms).orElseThrow();
    }

    @Override
    Object read(JsonParser json) throws IOException, Unparsable {
      if (!fits(json.currentToken(), json)) {
        throw misfit(json);
      }
      if (type instanceof BinaryType) {
        try {
          return Base64Variants.MIME_NO_LINEFEEDS.decode(json.getText());
        } catch (IllegalArgumentException e) {
          throw misfit(json);
        }
      }
      byte[] text = json.getText().getBytes(StandardCharsets.UTF_8);
      Object parsed = text.length == 0 ? null : value.parse(text, 0, text.length);
      if (parsed == null) {
        throw misfit(json, TextValue.whyNot(json.getText(), type, forms));
      }
      return parsed;
    }

    private boolean fits(JsonToken token, JsonParser json) throws IOException {
      if (type instanceof NumericType) {
        // JSON has no numbers for these three, so they come as texts.
        return token.isNumeric()
            || (token == JsonToken.VALUE_STRING && Numbers.isNamed(json.getText()));
      } else if (type instanceof BooleanType) {
        return token.isBoolean();
      }
      boolean isText =
          type instanceof DateType
              || type instanceof TimestampType
              || type instanceof TimestampNTZType
              || type instanceof BinaryType;
      return isText && token == JsonToken.VALUE_STRING;
    }
  }
}
