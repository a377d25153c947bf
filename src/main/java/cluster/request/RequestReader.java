package cluster.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Reads RunJobFlow's own JSON by the SDK's own description of each shape ({@link
 * SdkPojo#sdkFields()}): it knows exactly the members that the SDK can send, and needs no
 * reflection. What does not fit is left out of the request and becomes a problem, which never
 * quotes a value: it may be a password.
 */
public final class RequestReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final List<String> problems;

  /**
   * @param problems where what does not fit is added, in words that begin with the member's path
   */
  public RequestReader(List<String> problems) {
    this.problems = problems;
  }

  /** The request, as far as it fits. */
  public RunJobFlowRequest read(String text) {
    return (RunJobFlowRequest) read(text, RunJobFlowRequest.builder());
  }

  /** A step alone, as far as it fits. */
  public StepConfig readStep(String text) {
    return (StepConfig) read(text, StepConfig.builder());
  }

  private Object read(String text, SdkPojo builder) {
    try {
      structure(MAPPER.readTree(text), builder, "");
    } catch (JsonProcessingException e) {
      boolean twice = e.getOriginalMessage().startsWith("Duplicate field");
      problems.add(
          "%s at line %d, column %d"
              .formatted(
                  twice ? "has a member twice in one object" : "is no JSON",
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
    }
    return ((Buildable) builder).build();
  }

  private Optional<Object> structure(JsonNode node, SdkPojo builder, String at) {
    if (!node.isObject()) {
      return unfit(at, "an object");
    }
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String path = at.isEmpty() ? member.getKey() : at + "." + member.getKey();
      SdkField<?> field = fields.get(member.getKey());
      if (field == null) {
        unknown(path, member.getKey(), fields.keySet());
      } else if (!member.getValue().isNull()) {
        value(member.getValue(), field, path).ifPresent(value -> field.set(builder, value));
      }
    }
    return Optional.of(((Buildable) builder).build());
  }

  private void unknown(String path, String written, Set<String> known) {
    Optional<String> meant = new DidYouMean(known).nearest(written, 1 + written.length() / 4);
    problems.add(
        "%s is not a member that RunJobFlow knows; %s"
            .formatted(
                path,
                meant
                    .map("did you mean %s?"::formatted)
                    .orElse("here it knows " + String.join(", ", known))));
  }

  private Optional<?> value(JsonNode node, SdkField<?> field, String at) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    return switch (type) {
      case STRING -> fit(node.isTextual(), node, JsonNode::textValue, at, "a text");
      case INTEGER -> fit(node.isInt(), node, JsonNode::intValue, at, "a whole number of 32 bits");
      case LONG ->
          fit(
              node.isInt() || node.isLong(),
              node,
              JsonNode::longValue,
              at,
              "a whole number of 64 bits");
      case DOUBLE -> fit(node.isNumber(), node, JsonNode::doubleValue, at, "a number");
      case BOOLEAN -> fit(node.isBoolean(), node, JsonNode::booleanValue, at, "true or false");
      case SDK_POJO -> structure(node, field.constructor().get(), at);
      case LIST -> list(node, field.getRequiredTrait(ListTrait.class).memberFieldInfo(), at);
      case MAP -> map(node, field.getRequiredTrait(MapTrait.class).valueFieldInfo(), at);
      case NULL, FLOAT, SHORT, BYTE, BIG_DECIMAL, INSTANT, SDK_BYTES, DOCUMENT ->
          throw new IllegalStateException(
              "Cannot read %s: RunJobFlow has no member of type %s".formatted(at, type));
    };
  }

  private Optional<List<Object>> list(JsonNode node, SdkField<?> element, String at) {
    if (!node.isArray()) {
      return unfit(at, "a list");
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      value(node.get(i), element, "%s[%d]".formatted(at, i)).ifPresent(values::add);
    }
    return Optional.of(values);
  }

  private Optional<Map<String, Object>> map(JsonNode node, SdkField<?> element, String at) {
    if (!node.isObject()) {
      return unfit(at, "an object");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      value(entry.getValue(), element, "%s[\"%s\"]".formatted(at, entry.getKey()))
          .ifPresent(value -> values.put(entry.getKey(), value));
    }
    return Optional.of(values);
  }

  private <T> Optional<T> fit(
      boolean fits, JsonNode node, Function<JsonNode, T> value, String at, String wanted) {
    return fits ? Optional.of(value.apply(node)) : unfit(at, wanted);
  }

  private <T> Optional<T> unfit(String at, String wanted) {
    problems.add("%sis not %s".formatted(at.isEmpty() ? "" : at + " ", wanted));
    return Optional.empty();
  }
}
