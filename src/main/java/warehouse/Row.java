package warehouse;

import java.util.Map;
import java.util.Optional;

/**
 * A row of an answer.
 *
 * @param values by the column's label
 */
public record Row(Map<String, Object> values) {

  String text(String column) {
    return find(column)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot read Snowflake's answer: it has no %s".formatted(column)));
  }

  Optional<String> find(String column) {
    return Optional.ofNullable(values.get(column)).map(Object::toString);
  }

  long number(String column) {
    return Long.parseLong(text(column));
  }
}
