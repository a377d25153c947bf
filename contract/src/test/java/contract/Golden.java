package contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files as the contract has them, written by hand. */
final class Golden {
  private static final Path FOLDER = Path.of("src", "test", "resources", "contract");
  private static final ObjectMapper PLAIN = new ObjectMapper();

  private Golden() {}

  static String text(String name) throws IOException {
    return Files.readString(FOLDER.resolve(name));
  }

  static JsonNode tree(String json) throws IOException {
    return PLAIN.readTree(json);
  }

  /** A file with another value at a JSON pointer; {@code null} takes the member away. */
  static String edited(String name, String pointer, String value) throws IOException {
    JsonNode root = tree(text(name));
    int slash = pointer.lastIndexOf('/');
    JsonNode parent = root.at(pointer.substring(0, slash));
    String member = pointer.substring(slash + 1);
    if (parent instanceof ArrayNode list) {
      list.set(Integer.parseInt(member), tree(value));
    } else if (value.equals("null")) {
      ((ObjectNode) parent).remove(member);
    } else {
      ((ObjectNode) parent).set(member, tree(value));
    }
    return root.toString();
  }
}
