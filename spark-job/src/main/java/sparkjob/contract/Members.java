package sparkjob.contract;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The members of one JSON object of the contract, read strictly: what is missing, of a wrong type
 * or unknown is refused by its full name ({@code input.columns[1].type}) together with the
 * document's URI.
 *
 * <p>It walks a tree rather than binding records, so that the messages are ours and the same under
 * every Jackson that a Spark release may bring.
 */
final class Members {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

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
   * Parses a document of the contract.
   *
   * @param document what it is and where it is, for messages: {@code manifest s3://…}
   * @throws JobFailure if it is not one JSON object
   */
  static Members parse(String document, String json) {
    try {
      JsonNode root = JSON.readTree(json);
      if (!root.isObject()) {
        throw JobFailure.userCode("Cannot read " + document + ": it is not a JSON object");
      }
      return new Members(document, "", root);
    } catch (JsonProcessingException e) {
      throw JobFailure.userCode("Cannot read " + document + ": " + e.getOriginalMessage());
    }
  }

  /** The version that this job knows is 1; any other is refused. */
  void version() {
    long version = number("version", 0, Long.MAX_VALUE);
    if (version != 1) {
      throw refused("version is " + version + ", and this job knows version 1 only");
    }
  }

  /** A text that must be there and not be empty. */
  String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
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

  /** True or false, or {@code absent} where it is not set. */
  boolean flag(String name, boolean absent) {
    return get(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw wrong(name, "true or false", value);
              }
              return value.booleanValue();
            })
        .orElse(absent);
  }

  /** An object that must be there. */
  Members object(String name) {
    return optionalObject(name).orElseThrow(() -> missing(name));
  }

  /** An object that may be absent. */
  Optional<Members> optionalObject(String name) {
    return get(name).map(value -> asObject(name(name), value));
  }

  /** A list of objects that is not empty when given; an absent one is an empty list. */
  List<Members> objects(String name) {
    Optional<JsonNode> list = get(name);
    if (list.isEmpty()) {
      return List.of();
    }
    if (!list.get().isArray() || list.get().isEmpty()) {
      throw wrong(name, "a list that is not empty", list.get());
    }
    List<Members> objects = new ArrayList<>();
    for (JsonNode element : list.get()) {
      objects.add(asObject(name(name) + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /** A list of texts, none of them empty, and none twice; an absent one is an empty list. */
  List<String> texts(String name) {
    Optional<JsonNode> list = get(name);
    if (list.isEmpty()) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode element : list.get()) {
      String text = element.textValue();
      if (text == null || text.isEmpty() || texts.contains(text)) {
        throw wrong(name, "a list of different texts that are not empty", list.get());
      }
      texts.add(text);
    }
    if (texts.isEmpty()) {
      throw wrong(name, "a list that is not empty", list.get());
    }
    return texts;
  }

  /**
   * Refuses the members that nobody asked for. To be called once all known ones have been asked
   * for.
   */
  void nothingElse() {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!asked.contains(name)) {
        throw refused(name(name) + " is not a member that this job knows");
      }
    }
  }

  /** A failure that says what is wrong with this document. */
  JobFailure refused(String why) {
    return JobFailure.userCode("Cannot read " + document + ": " + why);
  }

  /** The full name of a member of this object, as messages give it. */
  String name(String member) {
    return path.isEmpty() ? member : path + "." + member;
  }

  /** A failure that says that a member is not set. */
  JobFailure missing(String name) {
    return refused(name(name) + " is missing");
  }

  private JobFailure wrong(String name, String wanted, JsonNode got) {
    return refused(name(name) + " must be " + wanted + ", and is " + got);
  }

  private Optional<JsonNode> get(String name) {
    asked.add(name);
    return Optional.ofNullable(node.get(name));
  }

  private Members asObject(String fullName, JsonNode value) {
    if (!value.isObject()) {
      throw refused(fullName + " must be an object, and is " + value);
    }
    return new Members(document, fullName, value);
  }
}
