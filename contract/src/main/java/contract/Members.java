package contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The members of one JSON object of the contract, read strictly: a missing or unknown member, or
 * one of a wrong type, is refused by its full name ({@code input.columns[1].type}) together with
 * the document's. A member that is null is absent.
 *
 * <p>It reads a tree instead of binding records, so that the messages are ours, and the same under
 * Quarkus' Jackson and under that of any Spark release.
 */
final class Members {

  private final String document;
  private final String path;
  private final JsonNode node;
  private final Set<String> asked = new HashSet<>();

  private Members(String document, String path, JsonNode node) {
    this.document = document;
    this.path = path;
    this.node = node;
  }

  /**
   * Reads a document of the contract.
   *
   * @param document its name in messages
   * @param reader reads all known members; any other member is refused
   * @throws ContractException if it is not one JSON object, or the reader refuses it
   */
  static <T> T read(String document, String json, Function<Members, T> reader) {
    try {
      JsonNode root = ContractJson.MAPPER.readTree(json);
      if (!root.isObject()) {
        throw new ContractException("Cannot read " + document + ": it is not a JSON object");
      }
      return new Members(document, "", root).read(reader);
    } catch (JsonProcessingException e) {
      throw new ContractException("Cannot read " + document + ": " + e.getOriginalMessage(), e);
    }
  }

  /** The version, which is the only one that there is. */
  int version() {
    long version = number("version", 0, Long.MAX_VALUE);
    if (version != ContractJson.VERSION) {
      throw refused(
          "version",
          "is %d, and only version %d is known".formatted(version, ContractJson.VERSION));
    }
    return ContractJson.VERSION;
  }

  /** A text that must be there and not be empty. */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  /** A text that must be there, and may be empty. */
  String anyText(String name) {
    JsonNode value = get(name).orElseThrow(() -> missing(name));
    if (!value.isTextual()) {
      throw wrong(name, "a text", value);
    }
    return value.textValue();
  }

  /** A text that may be absent, but is not empty when given. */
  Optional<String> optionalText(String name) {
    return get(name)
        .map(
            value -> {
              if (!value.isTextual() || value.textValue().isEmpty()) {
                throw wrong(name, "a text that is not empty", value);
              }
              return value.textValue();
            });
  }

  /** One of an enum's constants, as Jackson writes it. */
  <E extends Enum<E>> E oneOf(String name, Class<E> type) {
    return optionalOneOf(name, type).orElseThrow(() -> missing(name));
  }

  /** The same where it may be absent. */
  <E extends Enum<E>> Optional<E> optionalOneOf(String name, Class<E> type) {
    return optionalText(name)
        .map(
            written -> {
              List<String> words =
                  Stream.of(type.getEnumConstants())
                      .map(constant -> ContractJson.MAPPER.valueToTree(constant).textValue())
                      .toList();
              if (!words.contains(written)) {
                String all = String.join(", ", words).replaceFirst(", ([^,]*)$", " or $1");
                throw refused(name, "must be %s, and is %s".formatted(all, written));
              }
              return type.getEnumConstants()[words.indexOf(written)];
            });
  }

  /** A whole number within the two bounds, both included. */
  long number(String name, long from, long to) {
    return optionalNumber(name, from, to).orElseThrow(() -> missing(name));
  }

  /** A whole number within the two bounds, both included, that may be absent. */
  Optional<Long> optionalNumber(String name, long from, long to) {
    return get(name)
        .map(
            value -> {
              boolean fits = value.isIntegralNumber() && value.canConvertToLong();
              if (!fits || value.longValue() < from || value.longValue() > to) {
                String bounds =
                    to == Long.MAX_VALUE ? from + " or more" : "from " + from + " to " + to;
                throw wrong(name, "a whole number, " + bounds, value);
              }
              return value.longValue();
            });
  }

  /** A number from 0.0 to 1.0. */
  double ratio(String name) {
    JsonNode value = get(name).orElseThrow(() -> missing(name));
    if (!value.isNumber() || !(value.doubleValue() >= 0.0 && value.doubleValue() <= 1.0)) {
      throw wrong(name, "a number from 0.0 to 1.0", value);
    }
    return value.doubleValue();
  }

  /** True or false, where it is not absent. */
  Optional<Boolean> flag(String name) {
    return get(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, "true or false", value);
              }
              return value.booleanValue();
            });
  }

  /** An object that must be there. */
  <T> T object(String name, Function<Members, T> reader) {
    return optionalObject(name, reader).orElseThrow(() -> missing(name));
  }

  /** An object that may be absent. */
  <T> Optional<T> optionalObject(String name, Function<Members, T> reader) {
    return get(name).map(value -> asObject(name(name), value).read(reader));
  }

  /** A list of objects that is not empty when given; an absent one is an empty list. */
  <T> List<T> objects(String name, Function<Members, T> reader) {
    notEmpty(name);
    return optionalObjects(name, reader);
  }

  /** A list of objects that must be there, and may be empty. */
  <T> List<T> anyObjects(String name, Function<Members, T> reader) {
    List<T> objects = new ArrayList<>();
    for (JsonNode element : list(name)) {
      objects.add(asObject(name(name) + "[" + objects.size() + "]", element).read(reader));
    }
    return objects;
  }

  /** A list of objects; an absent one is an empty list. */
  <T> List<T> optionalObjects(String name, Function<Members, T> reader) {
    return get(name).isEmpty() ? List.of() : anyObjects(name, reader);
  }

  /** A list of texts, none of them empty, and none twice; an absent one is an empty list. */
  List<String> texts(String name) {
    notEmpty(name);
    if (get(name).isEmpty()) {
      return List.of();
    }
    List<String> texts = anyTexts(name);
    if (texts.contains("") || Set.copyOf(texts).size() < texts.size()) {
      throw wrong(name, "a list of different texts that are not empty", list(name));
    }
    return texts;
  }

  /** A list of texts that must be there, and may be empty. */
  List<String> anyTexts(String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list(name)) {
      if (!element.isTextual()) {
        throw wrong(name, "a list of texts", list(name));
      }
      texts.add(element.textValue());
    }
    return texts;
  }

  /** Whether the member is there. */
  boolean has(String name) {
    return get(name).isPresent();
  }

  /** A refusal that says what is wrong with a member. */
  ContractException refused(String name, String why) {
    return refused(name(name) + " " + why);
  }

  /** A refusal that says what is wrong with this document. */
  ContractException refused(String why) {
    return new ContractException("Cannot read " + document + ": " + why);
  }

  /** The full name of a member of this object, as messages give it. */
  String name(String member) {
    return path.isEmpty() ? member : path + "." + member;
  }

  /** A refusal that says that a member is not set. */
  ContractException missing(String name) {
    return refused(name, "is missing");
  }

  private <T> T read(Function<Members, T> reader) {
    T read = reader.apply(this);
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw refused(name, "is not a known member");
      }
    }
    return read;
  }

  private JsonNode list(String name) {
    JsonNode list = get(name).orElseThrow(() -> missing(name));
    if (!list.isArray()) {
      throw wrong(name, "a list", list);
    }
    return list;
  }

  private void notEmpty(String name) {
    get(name)
        .filter(list -> !list.isArray() || list.isEmpty())
        .ifPresent(
            list -> {
              throw wrong(name, "a list that is not empty", list);
            });
  }

  private ContractException wrong(String name, String wanted, JsonNode got) {
    return refused(name, "must be %s, and is %s".formatted(wanted, got));
  }

  private Optional<JsonNode> get(String name) {
    asked.add(name);
    return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
  }

  private Members asObject(String fullName, JsonNode value) {
    if (!value.isObject()) {
      throw refused("%s must be an object, and is %s".formatted(fullName, value));
    }
    return new Members(document, fullName, value);
  }
}
