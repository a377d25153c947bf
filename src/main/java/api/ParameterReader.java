package api;

import jakarta.ws.rs.core.Response.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the query parameters of a request, and reports all mistakes in them together. One that is
 * given without a value counts as not given.
 */
final class ParameterReader {

  static final int MOST = 1_000;

  private final List<String> problems = new ArrayList<>();

  /** The most items in a page. */
  int limit(String given, int usual) {
    return limit(given, usual, MOST);
  }

  /** The most items in a list that may have so many. */
  int limit(String given, int usual, int most) {
    Optional<String> text = text(given);
    if (text.isEmpty()) {
      return usual;
    }
    try {
      int limit = Integer.parseInt(text.get());
      if (limit >= 1 && limit <= most) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Reported below, as out of range.
    }
    problems.add("limit is '%s'; write a number from 1 to %d".formatted(given, most));
    return usual;
  }

  /** Where the page before has ended. */
  Optional<String> cursor(String given, Predicate<String> isOne) {
    Optional<String> text = text(given);
    Optional<String> position = text.flatMap(ParameterReader::decoded).filter(isOne);
    if (text.isPresent() && position.isEmpty()) {
      problems.add(
          "cursor is '%s', which this service has not given; follow the Link of the page before"
              .formatted(given));
    }
    return position;
  }

  private static Optional<String> decoded(String cursor) {
    try {
      return Optional.of(new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Optional<Instant> time(String name, String given) {
    try {
      return text(given).map(OffsetDateTime::parse).map(OffsetDateTime::toInstant);
    } catch (DateTimeParseException e) {
      problems.add(
          "%s is '%s'; write a time with its offset, for instance 2026-01-01T00:00:00Z"
              .formatted(name, given));
      return Optional.empty();
    }
  }

  <E extends Enum<E>> Set<E> someOf(String name, List<String> given, Class<E> type) {
    Set<E> some = EnumSet.noneOf(type);
    List<String> words = Arrays.stream(type.getEnumConstants()).map(Enum::name).toList();
    for (String word : given) {
      if (words.contains(word)) {
        some.add(Enum.valueOf(type, word));
      } else if (text(word).isPresent()) {
        problems.add("%s is '%s'; write one of %s".formatted(name, word, String.join(", ", words)));
      }
    }
    return some;
  }

  /** One of a type's words, if one is given. */
  <E extends Enum<E>> Optional<E> oneOf(String name, String given, Class<E> type) {
    return someOf(name, text(given).stream().toList(), type).stream().findFirst();
  }

  /** Reports a mistake that this reader does not know. */
  void refuse(String problem) {
    problems.add(problem);
  }

  /** One of these words; the first if none is given. */
  String choice(String name, String given, List<String> words) {
    String word = text(given).orElse(words.get(0));
    if (!words.contains(word)) {
      problems.add("%s is '%s'; write one of %s".formatted(name, given, String.join(", ", words)));
    }
    return word;
  }

  Optional<String> text(String given) {
    return Optional.ofNullable(given).filter(text -> !text.isBlank());
  }

  /**
   * @throws io.quarkiverse.resteasy.problem.HttpProblem 400 with all mistakes, if there are any
   */
  void refuseMistakes() {
    if (!problems.isEmpty()) {
      throw Answers.problem(
          Status.BAD_REQUEST, "Cannot read the request: " + String.join("; ", problems));
    }
  }
}
