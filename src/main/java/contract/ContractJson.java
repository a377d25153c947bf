package contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
          "Cannot read %s: %s".formatted(type.getSimpleName(), e.getOriginalMessage()), e);
    }
  }

  static void requireMembers(String file, Object... members) {
    for (Object member : members) {
      if (member == null) {
        throw new IllegalArgumentException("Cannot read a " + file + ": a member is missing");
      }
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
