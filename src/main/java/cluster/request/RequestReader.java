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
 * reflection. What does not fit is left out of the request and becomes a finding; a finding never
 * quotes a value, which may be a password.
 */
public final class RequestReader {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  private final Findings findings;

  /**
   * @param findings where what does not fit is added
   */
  public RequestReader(Findings findings) {
    this.findings = findings;
  }

  /** The request, as far as it fits. */
  public RunJobFlowRequest read(String text) {
    return json(text)
        .flatMap(node -> structure(node, RunJobFlowRequest.builder(), ""))
        .map(RunJobFlowRequest.class::cast)
        .orElseGet(() -> RunJobFlowRequest.builder().build());
  }

  /** A step alone, as far as it fits. */
  public StepConfig readStep(String text) {
    return json(text)
        .flatMap(node -> structure(node, StepConfig.builder(), ""))
        .map(StepConfig.class::cast)
        .orElseGet(() -> StepConfig.builder().build());
  }

  private Optional<JsonNode> json(String text) {
    try {
      return Optional.of(MAPPER.readTree(text));
    } catch (JsonProcessingException e) {
      boolean twice = e.getOriginalMessage().startsWith("Duplicate field");
      findings.add(
          "",
          "%s at line %d, column %d"
              .formatted(
                  twice ? "has a member twice in one object" : "is no JSON",
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()));
      return Optional.empty();
    }
  }

  private Optional<Object> structure(JsonNode node, SdkPojo builder, String at) {
    if (!node.isObject()) {
      return unfit(at, node, "an object");
    }
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    builder.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String path = at.isEmpty() ? member.getKey() : at + "." + member.getKey();
      SdkField<?> field = fields.get(member.getKey());
      if (field == null) {
        unknown(at, path, member.getKey(), fields.keySet());
      } else if (!member.getValue().isNull()) {
        value(member.getValue(), field, path).ifPresent(value -> field.set(builder, value));
      }
    }
    return Optional.of(((Buildable) builder).build());
  }

  private void unknown(String at, String path, String written, Set<String> known) {
    Optional<String> meant = new DidYouMean(known).nearest(written, 1 + written.length() / 4);
    findings.lacking(
        path,
        "is not a member that RunJobFlow knows; "
            + meant
                .map("did you mean %s?"::formatted)
                .orElse("here it knows " + String.join(", ", known)),
        meant.map(member -> at.isEmpty() ? member : at + "." + member).orElse(at));
  }

  private Optional<?> value(JsonNode node, SdkField<?> field, String at) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    return switch (type) {
      case STRING -> fit(node.isTextual(), node, JsonNode::textValue, at, "a text");
      case INTEGER ->
          fit(
              node.isIntegralNumber() && node.canConvertToInt(),
              node,
              JsonNode::intValue,
              at,
              "a whole number of 32 bits");
      case LONG ->
          fit(
              node.isIntegralNumber() && node.canConvertToLong(),
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
      return unfit(at, node, "a list");
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      value(node.get(i), element, "%s[%d]".formatted(at, i)).ifPresent(values::add);
    }
    return Optional.of(values);
  }

  private Optional<Map<String, Object>> map(JsonNode node, SdkField<?> element, String at) {
    if (!node.isObject()) {
      return unfit(at, node, "an object");
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
    return fits ? Optional.of(value.apply(node)) : unfit(at, node, wanted);
  }

  private <T> Optional<T> unfit(String at, JsonNode node, String wanted) {
    findings.lacking(at, "is %s; RunJobFlow takes %s here".formatted(kind(node), wanted), at);
    return Optional.empty();
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "a list";
      case STRING -> "a text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case NULL -> "null";
      case MISSING -> "empty";
      case BINARY, POJO -> "something else";
    };
  }
}
