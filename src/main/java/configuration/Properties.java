package configuration;

import cluster.request.DidYouMean;
import cluster.request.WrittenDuration;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads the properties below one prefix, collects all problems instead of stopping at the first,
 * and knows which properties were never read. The package says why no typed mapping does this.
 */
final class Properties {

  private static final Duration LONGEST = Duration.ofDays(366);

  private final Config config;
  private final String prefix;
  private final List<String> problems;
  private final Set<String> known = new HashSet<>();
  private final Map<String, String> defaults = new HashMap<>();

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

  /** Whether the property is set, and not to a blank. */
  boolean isSet(String name) {
    return text(name).isPresent();
  }

  /** The text; its absence is a problem. */
  Optional<String> required(String name, String wayOut) {
    Optional<String> text = text(name);
    refuse(text.isEmpty(), name, "is not set; " + wayOut);
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

  /** The value that the text stands for; where it stands for none, the way out is told. */
  <T> Optional<T> parsed(String name, Function<String, T> parse, String wayOut) {
    return parsed(name, written -> value(written, parse, wayOut));
  }

  /** The value of a text that has a form; of any other the way out is told. */
  <T> Optional<T> matching(String name, String form, Function<String, T> parse, String wayOut) {
    return parsed(
        name,
        written -> {
          if (!written.matches(form)) {
            throw wrong(written, wayOut);
          }
          return value(written, parse, wayOut);
        });
  }

  /** The text, if it has a form; of any other the way out is told. */
  Optional<String> matching(String name, String form, String wayOut) {
    return matching(name, form, Function.identity(), wayOut);
  }

  /** A whole number of at least {@code least} that fits into an {@code int}. */
  Optional<Integer> count(String name, int least) {
    return number(name, least, Integer.MAX_VALUE).map(Long::intValue);
  }

  /** A whole number of at least {@code least}. */
  Optional<Long> number(String name, long least) {
    return number(name, least, Long.MAX_VALUE);
  }

  private Optional<Long> number(String name, long least, long most) {
    return parsed(
        name,
        written -> {
          long number = written.matches("[0-9]{1,18}") ? Long.parseLong(written) : -1;
          if (number < least) {
            throw wrong(written, "write a whole number of at least " + least);
          }
          if (number > most) {
            throw wrong(written, "write a whole number of at most " + most);
          }
          return number;
        });
  }

  /** A duration as Quarkus writes it: {@code 30s}, {@code 5m}, {@code 2h}, {@code PT1.5S}. */
  Optional<Duration> duration(String name, Duration least) {
    Converter<Duration> converter = config.getConverter(Duration.class).orElseThrow();
    return parsed(
        name,
        written -> {
          Duration duration =
              value(written, converter::convert, "write a duration such as 30s, 5m or 2h");
          if (duration.compareTo(LONGEST) > 0) {
            throw wrong(written, "write at most %d days".formatted(LONGEST.toDays()));
          }
          if (duration.compareTo(least) < 0) {
            throw wrong(written, "write at least " + new WrittenDuration(least));
          }
          return duration;
        });
  }

  /** Yes or no. */
  Optional<Boolean> flag(String name) {
    return oneOf(name, List.of("false", "true")).map(Boolean::valueOf);
  }

  /** One of the words. */
  Optional<String> oneOf(String name, Collection<String> words) {
    return parsed(
        name,
        written ->
            words.stream()
                .filter(written::equals)
                .findAny()
                .orElseThrow(IllegalArgumentException::new),
        "write one of " + String.join(", ", new TreeSet<>(words)));
  }

  /** One of the constants, which are written in lower case and with dashes: {@code load-again}. */
  <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> constants) {
    Map<String, E> words =
        Arrays.stream(constants.getEnumConstants())
            .collect(Collectors.toMap(Properties::word, Function.identity()));
    return oneOf(name, words.keySet()).map(words::get);
  }

  /** One of the constants of that type, and this one where none is written. */
  <E extends Enum<E>> E oneOf(String name, E otherwise) {
    return orElse(name, oneOf(name, otherwise.getDeclaringClass()), otherwise);
  }

  /** What was read of the property, or its default, which is remembered for people to see. */
  <T> T orElse(String name, Optional<T> read, T otherwise) {
    defaults.put(name, written(otherwise));
    return read.orElse(otherwise);
  }

  private static String written(Object value) {
    if (value instanceof Duration duration) {
      return new WrittenDuration(duration).toString();
    }
    return value instanceof Enum<?> constant ? word(constant) : value.toString();
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Every property below {@code name}, by the rest of its name, without quotes. */
  Map<String, String> map(String name) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String rest : below(name)) {
      text(name + "." + rest).ifPresent(text -> values.put(rest.replaceAll("^\"|\"$", ""), text));
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
   * Those of a list's numbers of which something is set. A gap is a problem, and so is what has no
   * such number: a misspelt number must not be taken for a misspelt setting of another. All of
   * their settings become known.
   *
   * @param list whose members are {@code list.first} to {@code list.last}
   * @param settings what can be said of each
   * @param gap what to write instead of a gap
   * @param noNumber what is wrong with a property that has no such number
   */
  List<Integer> numbers(
      String list, int first, int last, List<String> settings, String gap, String noNumber) {
    List<Integer> numbers =
        IntStream.rangeClosed(first, last)
            .filter(
                n ->
                    settings.stream().filter(name -> isSet(list + "." + n + "." + name)).count()
                        > 0)
            .boxed()
            .toList();
    int before = first - 1;
    for (int number : numbers) {
      refuse(
          before != number - 1,
          list + "." + number,
          "is there without %s.%d; %s".formatted(list, before + 1, gap));
      before = number;
    }
    for (String below : below(list)) {
      String number = below.replaceAll("\\..*", "");
      boolean isNumber =
          IntStream.rangeClosed(first, last).anyMatch(n -> number.equals(Integer.toString(n)));
      refuse(!isNumber && raw(list + "." + below).isPresent(), list + "." + below, noNumber);
    }
    return numbers;
  }

  /**
   * The names of that property and of those below it that are set: as they are written, and, of
   * those that were asked for before, also by a variable of the environment.
   */
  Set<String> given(String name) {
    return Stream.concat(names().stream(), Set.copyOf(known).stream())
        .filter(other -> other.equals(name) || other.startsWith(name + "."))
        .filter(other -> raw(other).isPresent())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Those that were asked for and are set, by their names below the prefix. */
  Set<String> set() {
    return Set.copyOf(known).stream()
        .filter(name -> raw(name).isPresent())
        .collect(Collectors.toSet());
  }

  /**
   * The defaults of those that are not set, as far as they have one value, by their names below.
   */
  Map<String, String> defaults() {
    return defaults.entrySet().stream()
        .filter(entry -> raw(entry.getKey()).isEmpty())
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** A property's name with the prefix. */
  String whole(String name) {
    return prefix + name;
  }

  /** Adds a problem of that property; the empty name is the whole pipeline. */
  void problem(String name, String text) {
    String property = name.isEmpty() ? prefix.substring(0, prefix.length() - 1) : prefix + name;
    problems.add(property + " " + text);
  }

  /** Adds a problem of that property where it is wrong. */
  void refuse(boolean isWrong, String name, String text) {
    if (isWrong) {
      problem(name, text);
    }
  }

  /** Adds a problem for each property that is set and was never read. */
  void refuseUnknown() {
    refuseUnknown(name -> false);
  }

  /** The same, except for properties that others read. */
  void refuseUnknown(Predicate<String> isReadByOthers) {
    new TreeSet<>(names())
        .stream()
            .filter(name -> !known.contains(name) && !isReadByOthers.test(name))
            .forEach(
                name -> problem(name, "is not a property that this service knows" + nearest(name)));
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

  private static <T> T value(String written, Function<String, T> parse, String wayOut) {
    try {
      return parse.apply(written);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("is '%s'; %s".formatted(written, wayOut), e);
    }
  }

  /** What {@link #parsed} makes a problem of. */
  static IllegalArgumentException wrong(String written, String wayOut) {
    return new IllegalArgumentException("is '%s'; %s".formatted(written, wayOut));
  }
}
