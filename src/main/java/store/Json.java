package store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Records that the store keeps whole, each in one column: nothing searches what is in them. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          // A row that a newer version has written is read as far as it is known.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final Logger LOG = Logger.getLogger(Json.class);
  private static final Set<Integer> UNREADABLE = ConcurrentHashMap.newKeySet();

  private Json() {}

  static String of(Record record) {
    try {
      return MAPPER.writeValueAsString(record);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write " + record, e);
    }
  }

  /**
   * Reads what {@link #of} has written. What cannot be read counts as absent, and is logged once:
   * one row must not keep all runs from going on.
   *
   * @param json null for absent
   */
  static <T extends Record> Optional<T> read(String json, Class<T> type) {
    try {
      return Optional.ofNullable(json == null ? null : MAPPER.readValue(json, type));
    } catch (JsonProcessingException e) {
      if (UNREADABLE.add(json.hashCode())) {
        LOG.warnf(e, "Cannot read a %s of the run store, goes on without it", type.getSimpleName());
      }
      return Optional.empty();
    }
  }
}
