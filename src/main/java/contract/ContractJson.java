package contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** Reads and writes the contract's files: unknown members are refused, absent ones are left out. */
public final class ContractJson {

  /** The version that this service writes and understands. */
  public static final int VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .serializationInclusion(JsonInclude.Include.NON_ABSENT)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private ContractJson() {}

  /** The file's text. */
  public static String write(Object file) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + file, e);
    }
  }

  /**
   * A file of the contract.
   *
   * @param text its JSON
   * @param type one of this package's files
   * @throws IllegalArgumentException with the member's name, if the text is not of that form
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          e.getCause() instanceof IllegalArgumentException refusal
              ? refusal.getMessage()
              : "Cannot read %s: %s".formatted(type.getSimpleName(), problem(e)),
          e);
    }
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown member " + path(unknown);
    }
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? "member " + path(mapping) + ": " + e.getOriginalMessage()
        : e.getOriginalMessage();
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference part : e.getPath()) {
      if (part.getFieldName() == null) {
        path.append('[').append(part.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(part.getFieldName());
      }
    }
    return path.toString();
  }

  static void requireMember(String file, String name, Object member) {
    if (member == null) {
      throw new IllegalArgumentException(
          "Cannot read a %s: member %s is missing".formatted(file, name));
    }
  }

  static void requireVersion(int version, String file) {
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "Cannot read a %s of version %d: this service understands version %d"
              .formatted(file, version, VERSION));
    }
  }
}
