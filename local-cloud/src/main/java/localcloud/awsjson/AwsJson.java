package localcloud.awsjson;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.Buildable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * AWS JSON 1.1 in both directions, by the SDK's own description of each shape ({@link
 * SdkPojo#sdkFields()}): names, types and nesting are AWS's, and none is repeated here. Times are
 * seconds since 1970 with a fraction.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html">AWS JSON 1.1
 *     protocol</a>
 */
public final class AwsJson {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private AwsJson() {}

  /**
   * Reads a request.
   *
   * @param builder of the request's class, empty
   * @throws AwsError SerializationException if the body is no JSON object, or has a member that the
   *     shape lacks or of another type; AWS itself ignores unknown members
   */
  public static <T> T read(byte[] body, SdkPojo builder, Class<T> type) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body.length == 0 ? new byte[] {'{', '}'} : body);
    } catch (JacksonException e) {
      throw AwsError.serialization("The body is not JSON: " + e.getOriginalMessage());
    }
    return type.cast(structure(node, builder, ""));
  }

  /** Writes a response; members that are not set are left out. */
  public static byte[] write(SdkPojo pojo) {
    return MAPPER.writeValueAsBytes(object(pojo));
  }

  /** Writes an object with these members in the map's order. */
  public static byte[] write(Map<String, ?> members) {
    return MAPPER.writeValueAsBytes(members);
  }

  private static Object structure(JsonNode node, SdkPojo builder, String at) {
    if (!node.isObject()) {
      throw wrongType(at.isEmpty() ? "The body" : at, "a structure");
    }
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String path = at.isEmpty() ? member.getKey() : at + "." + member.getKey();
      SdkField<?> field = fields.get(member.getKey());
      if (field == null) {
        throw AwsError.serialization("Unknown member: " + path);
      }
      if (!member.getValue().isNull()) {
        field.set(builder, value(member.getValue(), field, path));
      }
    }
    return ((Buildable) builder).build();
  }

  private static Object value(JsonNode node, SdkField<?> field, String at) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    return switch (type) {
      case STRING -> expect(node.isString(), node::stringValue, at, "a string");
      case INTEGER -> expect(node.canConvertToInt(), node::intValue, at, "an integer");
      case LONG -> expect(node.canConvertToLong(), node::longValue, at, "an integer");
      case DOUBLE -> expect(node.isNumber(), node::doubleValue, at, "a number");
      case BOOLEAN -> expect(node.isBoolean(), node::booleanValue, at, "a boolean");
      case INSTANT -> instant(expect(node.isNumber(), node::decimalValue, at, "a time"));
      case SDK_POJO -> structure(node, field.constructor().get(), at);
      case LIST -> list(node, field.getRequiredTrait(ListTrait.class).memberFieldInfo(), at);
      case MAP -> map(node, field.getRequiredTrait(MapTrait.class).valueFieldInfo(), at);
      case NULL, FLOAT, SHORT, BYTE, BIG_DECIMAL, SDK_BYTES, DOCUMENT ->
          throw new IllegalStateException("Cannot read " + at + ": no shape of ours has " + type);
    };
  }

  private static List<Object> list(JsonNode node, SdkField<?> member, String at) {
    if (!node.isArray()) {
      throw wrongType(at, "a list");
    }
    List<Object> values = new ArrayList<>();
    for (JsonNode element : node) {
      values.add(value(element, member, at + "[" + values.size() + "]"));
    }
    return values;
  }

  private static Map<String, Object> map(JsonNode node, SdkField<?> member, String at) {
    if (!node.isObject()) {
      throw wrongType(at, "a map");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey(), value(entry.getValue(), member, at + "." + entry.getKey())));
    return values;
  }

  private static <T> T expect(boolean fits, Supplier<T> value, String at, String wanted) {
    if (!fits) {
      throw wrongType(at, wanted);
    }
    return value.get();
  }

  private static AwsError wrongType(String at, String wanted) {
    return AwsError.serialization(at + " is not " + wanted);
  }

  private static Instant instant(BigDecimal seconds) {
    return Instant.ofEpochMilli(seconds.movePointRight(3).longValue());
  }

  private static ObjectNode object(SdkPojo pojo) {
    ObjectNode node = NODES.objectNode();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      boolean unset =
          value == null
              || value instanceof SdkAutoConstructList
              || value instanceof SdkAutoConstructMap;
      if (!unset) {
        node.set(field.locationName(), node(value));
      }
    }
    return node;
  }

  private static JsonNode node(Object value) {
    if (value instanceof SdkPojo pojo) {
      return object(pojo);
    }
    if (value instanceof Instant time) {
      return NODES.numberNode(BigDecimal.valueOf(time.toEpochMilli(), 3));
    }
    if (value instanceof List<?> elements) {
      ArrayNode array = NODES.arrayNode();
      elements.forEach(element -> array.add(node(element)));
      return array;
    }
    if (value instanceof Map<?, ?> entries) {
      ObjectNode object = NODES.objectNode();
      entries.forEach((key, element) -> object.set(String.valueOf(key), node(element)));
      return object;
    }
    return MAPPER.valueToTree(value);
  }
}
