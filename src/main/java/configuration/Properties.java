package configuration;

import cluster.request.DidYouMean;
import cluster.request.WrittenDuration;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads the properties below one prefix, collects all problems instead of stopping at the first,
 * and knows which properties were never read. A typed configuration mapping stops at the first
 * value that does not convert, and cannot say what would be right.
 */
final class Properties {

  private static final Duration LONGEST = Duration.ofDays(366);

  private final Config config;
  private final String prefix;
  private final List<String> problems;
  private final Set<String> known = new HashSet<>();

  /**
   * @param prefix ends with a dot
   * @param problems where problems are added
   */
  Properties(Config config, String prefix, List<String> problems) {
    this.config = config;
    this.prefix = prefix;
    this.problems = problems;
  }

  /** The text, if the property is set and not blank. */
  Optional<String> text(String name) {
    return raw(name).filter(value -> !value.isBlank());
  }

  /** The text, if the property is set and not empty: it may be a blank. */
  Optional<String> raw(String name) {
    known.add(name);
    return config.getOptionalValue(prefix + name, String.class).filter(value -> !value.isEmpty());
  }

  /** The text; its absence is a problem. */
  Optional<String> required(String name, String wayOut) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      problem(name, "is not set; " + wayOut);
    }
    return text;
  }

  /** The value that the text stands for; an {@link IllegalArgumentException} becomes a problem. */
  <T> Optional<T> parsed(String name, Function<String, T> parse) {
    return text(name)
        .flatMap(
            written -> {
              try {
                return Optional.of(parse.apply(written.trim()));
              } catch (IllegalArgumentException e) {
                problem(name, e.getMessage());
                return Optional.empty();
              }
            });
  }

  /** A whole number of at least {@code least} that fits into an {@code int}. */
  Optional<Integer> count(String name, int least) {
    return number(name, least)
        .flatMap(
            number -> {
              if (number > Integer.MAX_VALUE) {
                problem(
                    name,
                    "is '%d'; write a whole number of at most %d"
                        .formatted(number, Integer.MAX_VALUE));
                return Optional.empty();
              }
              return Optional.of(number.intValue());
            });
  }

  /** A whole number of at least {@code least}. */
  Optional<Long> number(String name, long least) {
    return parsed(
        name,
        written -> {
          if (!written.matches("[0-9]{1,18}") || Long.parseLong(written) < least) {
            throw new IllegalArgumentException(
                "is '%s'; write a whole number of at least %d".formatted(written, least));
          }
          return Long.parseLong(written);
        });
  }

  /** A duration as Quarkus writes it: {@code 30s}, {@code 5m}, {@code 2h}, {@code PT1.5S}. */
  Optional<Duration> duration(String name, Duration least) {
    Converter<Duration> converter = config.getConverter(Duration.class).orElseThrow();
    return parsed(
        name,
        written -> {
          Duration duration = converted(converter, written);
          if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                "is '%s'; write at most %d days".formatted(written, LONGEST.toDays()));
          }
          if (duration.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                "is '%s'; write at least %s".formatted(written, new WrittenDuration(least)));
          }
          return duration;
        });
  }

  /** One of the words. */
  <E> Optional<E> oneOf(String name, Map<String, E> words) {
    return parsed(
        name,
        written ->
            Optional.ofNullable(words.get(written))
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "is '%s'; write one of %s"
                                .formatted(
                                    written, String.join(", ", new TreeSet<>(words.keySet()))))));
  }

  /** Every property below {@code name}, by the rest of its name, without quotes. */
  Map<String, String> map(String name) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String below : new TreeSet<>(names())) {
      if (below.startsWith(name + ".")) {
        String rest = below.substring(name.length() + 1);
        text(below).ifPresent(value -> values.put(rest.replaceAll("^\"|\"$", ""), value));
      }
    }
    return values;
  }

  /** The names of all properties below {@code name}, without it; they do not become known. */
  Set<String> below(String name) {
    return names().stream()
        .filter(below -> below.startsWith(name + "."))
        .map(below -> below.substring(name.length() + 1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * The names of that property and of those below it that are set: as they are written, and, for
   * properties that were read, also as environment variables.
   */
  Set<String> given(String name) {
    return Stream.concat(names().stream(), Set.copyOf(known).stream())
        .filter(other -> other.equals(name) || other.startsWith(name + "."))
        .filter(other -> raw(other).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Adds a problem of that property; the empty name is the whole pipeline. */
  void problem(String name, String text) {
    String property = name.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + name;
    problems.add(property + " " + text);
  }

  /** Adds a problem for each property that is set and was never read. */
  void refuseUnknown() {
    refuseUnknown(name -> false);
  }

  /** The same, except for properties that others read. */
  void refuseUnknown(Predicate<String> isReadByOthers) {
    for (String name : new TreeSet<>(names())) {
      if (!known.contains(name) && !isReadByOthers.test(name)) {
        problem(name, "is not a property that this service knows" + nearest(name));
      }
    }
  }

  private Set<String> names() {
    return written(config)
        .filter(name -> name.startsWith(prefix))
        .map(name -> name.substring(prefix.length()))
        .collect(Collectors.toSet());
  }

  /**
   * The names of all properties as they are written. Environment variables are left out: which dots
   * and dashes stand behind their underscores is known only to who asks for a property, so they can
   * set a known property and not bring a new one.
   */
  static Stream<String> written(Config config) {
    return StreamSupport.stream(config.getConfigSources().spliterator(), false)
        .filter(source -> !source.getName().startsWith("EnvConfigSource"))
        .flatMap(source -> source.getPropertyNames().stream());
  }

  private String nearest(String name) {
    return new DidYouMean(known)
        .nearest(name, 4)
        .map(near -> "; did you mean " + prefix + near + "?")
        .orElse("; docs/configuration.md lists them");
  }

  private static Duration converted(Converter<Duration> converter, String written) {
    try {
      return converter.convert(written);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "is '%s'; write a duration such as 30s, 5m or 2h".formatted(written), e);
    }
  }
}
