package curated;

import contract.Column;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.format.DecimalType;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.IntType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.TimestampType;
import org.apache.parquet.format.Type;

/**
 * Spark SQL's types for Parquet's, as Spark reads them (Spark 3.5, ParquetToSparkSchemaConverter).
 * Types that Spark refuses are refused.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/types/logicaltypes/">Logical Types</a>
 */
final class ParquetTypes {

  private static final int DEEPEST = 100;
  private static final int MOST_DIGITS = 38;
  private static final String DECIMAL = "DECIMAL";

  /** Spark SQL's types by physical type and annotation. */
  private static final Map<Type, Map<String, String>> WORDS =
      Map.of(
          Type.BOOLEAN, Map.of("", "boolean"),
          Type.FLOAT, Map.of("", "float"),
          Type.DOUBLE, Map.of("", "double"),
          Type.INT96, Map.of("", "timestamp"),
          Type.INT32,
              Map.of(
                  "",
                  "int",
                  "INT_8",
                  "tinyint",
                  "INT_16",
                  "smallint",
                  "INT_32",
                  "int",
                  "UINT_8",
                  "smallint",
                  "UINT_16",
                  "int",
                  "UINT_32",
                  "bigint",
                  "DATE",
                  "date",
                  DECIMAL,
                  DECIMAL),
          Type.INT64,
              Map.of(
                  "",
                  "bigint",
                  "INT_64",
                  "bigint",
                  "UINT_64",
                  "decimal(20,0)",
                  "TIMESTAMP",
                  "timestamp",
                  "TIMESTAMP_NTZ",
                  "timestamp_ntz",
                  DECIMAL,
                  DECIMAL),
          Type.BYTE_ARRAY,
              Map.of(
                  "", "binary", "UTF8", "string", "ENUM", "string", "JSON", "string", "BSON",
                  "binary", DECIMAL, DECIMAL),
          Type.FIXED_LEN_BYTE_ARRAY, Map.of("", "binary", DECIMAL, DECIMAL));

  private ParquetTypes() {}

  /**
   * The columns of a file.
   *
   * @param schema its elements, depth first, the root before all others
   * @throws IllegalArgumentException saying what is wrong, as the rest of a sentence that begins
   *     with the file
   */
  static List<Column> columns(List<SchemaElement> schema) {
    Iterator<SchemaElement> elements = schema.iterator();
    if (!elements.hasNext()) {
      throw new IllegalArgumentException("is a damaged Parquet file: it has no schema");
    }
    return Node.next(elements, 0).children().stream()
        .map(node -> new Column(node.name(), ofField(node)))
        .toList();
  }

  private static String ofField(Node field) {
    return field.isRepeated() ? "array<%s>".formatted(of(field)) : of(field);
  }

  private static String of(Node node) {
    if (!node.isGroup()) {
      return ofPrimitive(node);
    }
    return switch (annotation(node.element())) {
      case "LIST" -> "array<%s>".formatted(ofElement(node, node.only()));
      case "MAP", "MAP_KEY_VALUE" -> ofMap(node.only());
      case "" ->
          node.children().stream()
              .map(child -> child.name() + ":" + ofField(child))
              .collect(Collectors.joining(",", "struct<", ">"));
      default -> throw unreadable(node);
    };
  }

  /** Old writers left out the level of the element (Logical Types, "Backward-compatibility"). */
  private static String ofElement(Node list, Node repeated) {
    boolean isElement =
        !repeated.isGroup()
            || repeated.children().size() != 1
            || repeated.children().get(0).isRepeated()
            || repeated.name().equals("array")
            || repeated.name().equals(list.name() + "_tuple");
    return isElement ? of(repeated) : ofField(repeated.only());
  }

  private static String ofMap(Node entries) {
    if (entries.children().size() != 2) {
      throw unreadable(entries);
    }
    return "map<%s,%s>"
        .formatted(ofField(entries.children().get(0)), ofField(entries.children().get(1)));
  }

  private static String ofPrimitive(Node node) {
    SchemaElement element = node.element();
    String word = WORDS.get(element.getType()).get(annotation(element));
    if (word == null) {
      throw unreadable(node);
    }
    return word.equals(DECIMAL) ? ofDecimal(node) : word;
  }

  private static String ofDecimal(Node node) {
    SchemaElement element = node.element();
    boolean isLogical = element.isSetLogicalType() && element.getLogicalType().isSetDECIMAL();
    DecimalType decimal =
        isLogical
            ? element.getLogicalType().getDECIMAL()
            : new DecimalType(element.getScale(), element.getPrecision());
    boolean fits = decimal.getPrecision() >= 1 && decimal.getPrecision() <= MOST_DIGITS;
    if (!fits || decimal.getScale() < 0 || decimal.getScale() > decimal.getPrecision()) {
      throw unreadable(node);
    }
    return "decimal(%d,%d)".formatted(decimal.getPrecision(), decimal.getScale());
  }

  /** The annotation, by its older name if it has two; empty if there is none. */
  private static String annotation(SchemaElement element) {
    if (element.isSetLogicalType() && element.getLogicalType().isSet()) {
      LogicalType type = element.getLogicalType();
      return switch (type.getSetField()) {
        case STRING -> "UTF8";
        case UNKNOWN -> "";
        case INTEGER -> ofInteger(type.getINTEGER());
        case TIMESTAMP -> ofTimestamp(type.getTIMESTAMP());
        default -> type.getSetField().name();
      };
    }
    if (!element.isSetConverted_type()) {
      return "";
    }
    return switch (element.getConverted_type()) {
      case TIMESTAMP_MILLIS, TIMESTAMP_MICROS -> "TIMESTAMP";
      default -> element.getConverted_type().name();
    };
  }

  private static String ofInteger(IntType type) {
    return (type.isIsSigned() ? "INT_" : "UINT_") + type.getBitWidth();
  }

  private static String ofTimestamp(TimestampType type) {
    if (type.getUnit().isSetNANOS()) {
      return "TIMESTAMP_NANOS";
    }
    return type.isIsAdjustedToUTC() ? "TIMESTAMP" : "TIMESTAMP_NTZ";
  }

  private static IllegalArgumentException unreadable(Node node) {
    SchemaElement element = node.element();
    String physical = node.isGroup() ? "group" : element.getType().name();
    return new IllegalArgumentException(
        "has %s of Parquet's type %s %s, which Spark cannot read; write it as another type"
            .formatted(node.name(), physical, annotation(element)));
  }

  /** An element of a schema with the elements below it. */
  private record Node(SchemaElement element, List<Node> children) {

    static Node next(Iterator<SchemaElement> elements, int depth) {
      if (!elements.hasNext() || depth > DEEPEST) {
        throw new IllegalArgumentException(
            "is a damaged Parquet file: its schema is incomplete, or deeper than %d levels"
                .formatted(DEEPEST));
      }
      SchemaElement element = elements.next();
      List<Node> children = new ArrayList<>();
      for (int i = 0; i < element.getNum_children(); i++) {
        children.add(next(elements, depth + 1));
      }
      return new Node(element, children);
    }

    String name() {
      return element.getName();
    }

    boolean isGroup() {
      return !element.isSetType();
    }

    boolean isRepeated() {
      return element.getRepetition_type() == FieldRepetitionType.REPEATED;
    }

    /** The only element below it. */
    Node only() {
      if (children.size() != 1) {
        throw unreadable(this);
      }
      return children.get(0);
    }
  }
}
