package localcloud.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import localcloud.time.Durations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The members of a JSON object, read one after the other; every mistake is an {@link
 * IllegalArgumentException} that names the member and what it should be.
 */
final class Members {
  private final String at;
  private final ObjectNode object;
  private final List<String> known = new ArrayList<>();

  /**
   * @param at the object's name in messages
   */
  Members(String at, ObjectNode object) {
    this.at = at;
    this.object = object;
  }

  /** Members that were not read by now are mistakes. */
  void end() {
    TreeSet<String> unknown = new TreeSet<>(object.propertyNames());
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s has an unknown member %s; it may have %s"
              .formatted(at, unknown.first(), String.join(", ", known)));
    }
  }

  String text(String name) {
    return required(name, optionalText(name), "a text");
  }

  Optional<String> optionalText(String name) {
    return member(name, "a text", JsonNode::isString).map(JsonNode::asString);
  }

  /** One of an enum's names, in upper or lower case. */
  <E extends Enum<E>> E choice(String name, Class<E> type) {
    return required(name, optionalChoice(name, type), "one of " + names(type));
  }

  <E extends Enum<E>> Optional<E> optionalChoice(String name, Class<E> type) {
    return member(
            name,
            "one of " + names(type),
            node -> node.isString() && constant(node.asString(), type).isPresent())
        .flatMap(node -> constant(node.asString(), type));
  }

  private static <E extends Enum<E>> Optional<E> constant(String name, Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static <E extends Enum<E>> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  long whole(String name, long least, long most) {
    return required(name, optionalWhole(name, least, most), "a whole number");
  }

  Optional<Long> optionalWhole(String name, long least, long most) {
    return member(
            name,
            "a whole number from %d to %d".formatted(least, most),
            node ->
                node.canConvertToLong()
                    && node.isIntegralNumber()
                    && node.asLong() >= least
                    && node.asLong() <= most)
        .map(JsonNode::asLong);
  }

  boolean truth(String name) {
    return member(name, "true or false", JsonNode::isBoolean)
        .map(JsonNode::asBoolean)
        .orElse(false);
  }

  Duration duration(String name) {
    return required(name, optionalDuration(name), Durations.FORM);
  }

  Optional<Duration> optionalDuration(String name) {
    return member(
            name,
            Durations.FORM,
            node -> node.isString() && Durations.read(node.asString()).isPresent())
        .flatMap(node -> Durations.read(node.asString()));
  }

  List<String> texts(String name) {
    return member(
            name,
            "a list of texts",
            node -> node.isArray() && node.valueStream().allMatch(JsonNode::isString))
        .map(node -> node.valueStream().map(JsonNode::asString).toList())
        .orElse(List.of());
  }

  private Optional<JsonNode> member(String name, String wanted, Predicate<JsonNode> fits) {
    known.add(name);
    JsonNode node = object.get(name);
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    if (!fits.test(node)) {
      throw wrong(name, "is " + node + ", not " + wanted);
    }
    return Optional.of(node);
  }

  private <T> T required(String name, Optional<T> value, String wanted) {
    return value.orElseThrow(() -> wrong(name, "is missing; write " + wanted));
  }

  /** A mistake of a member. */
  IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(at + "." + name + " " + what);
  }
}
