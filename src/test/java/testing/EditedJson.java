package testing;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A file below {@code src/test/resources} with changes. */
public final class EditedJson {

  private static final JsonMapper MAPPER = new JsonMapper();

  private final JsonNode tree;

  private EditedJson(JsonNode tree) {
    this.tree = tree;
  }

  /** As it is. */
  public static EditedJson of(String resource) {
    return new EditedJson(parse(Resource.text(resource)));
  }

  /**
   * With that value at that place.
   *
   * @param pointer a JSON pointer; its parent must be there
   * @param json the value, with single quotes for double ones; {@code -} takes it away
   */
  public EditedJson with(String pointer, String json) {
    JsonPointer path = JsonPointer.compile(pointer);
    JsonNode parent = tree.at(path.head());
    String last = path.last().getMatchingProperty();
    if (parent instanceof ObjectNode object) {
      if (json.equals("-")) {
        object.remove(last);
      } else {
        object.set(last, parse(json.replace('\'', '"')));
      }
    } else if (parent instanceof ArrayNode array) {
      if (json.equals("-")) {
        array.remove(Integer.parseInt(last));
      } else {
        array.insert(Integer.parseInt(last), parse(json.replace('\'', '"')));
      }
    } else {
      throw new IllegalArgumentException("Cannot find the parent of " + pointer);
    }
    return this;
  }

  /** Its tree. */
  public JsonNode tree() {
    return tree;
  }

  /** Its text. */
  public String text() {
    return tree.toPrettyString();
  }

  private static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot read " + json, e);
    }
  }
}
