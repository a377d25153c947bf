package configuration;

import cluster.request.ShownArguments;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import pipeline.Setting;

/**
 * The properties that are set, and the defaults of others, as people may see them. It hides too
 * much rather than too little: the value of every property whose name sounds like a secret, these
 * values wherever else they stand, and in other values what looks like a credential. An expression,
 * {@code ${NAME}}, is shown as it is written, because what it stands for may be a secret.
 */
final class ShownSettings {

  private static final String HIDDEN = "(secret)";

  /** A shorter one would hide parts of words that have nothing to do with it. */
  private static final int SHORTEST_SECRET = 6;

  /** SmallRye's name for a source that is a file, and not a resource within a jar. */
  private static final Pattern FILE = Pattern.compile(".*\\bfile:(/[^\\]!]*).*");

  private final Config config;
  private final List<String> secrets;

  /**
   * @param read all properties that were read
   */
  ShownSettings(Config config, Collection<Properties> read) {
    this.config = config;
    this.secrets =
        read.stream()
            .flatMap(
                properties ->
                    properties.set().stream()
                        .filter(ShownArguments::isSecret)
                        .map(properties::whole))
            .flatMap(this::values)
            .filter(value -> value.length() >= SHORTEST_SECRET)
            .distinct()
            // The longest first: another may be a part of it.
            .sorted(Comparator.comparing(String::length).reversed())
            .toList();
  }

  private Stream<String> values(String name) {
    ConfigValue value = config.getConfigValue(name);
    return Stream.of(value.getValue(), value.getRawValue());
  }

  /** What is set of these properties, and the defaults of others, by name. */
  List<Setting> of(Properties properties) {
    Stream<Setting> set =
        properties.set().stream()
            .map(
                name -> {
                  ConfigValue value = config.getConfigValue(properties.whole(name));
                  return new Setting(
                      value.getName(),
                      ShownArguments.isSecret(name) ? HIDDEN : shown(value),
                      Optional.of(source(value)));
                });
    Stream<Setting> defaults =
        properties.defaults().entrySet().stream()
            .map(
                other ->
                    new Setting(
                        properties.whole(other.getKey()), other.getValue(), Optional.empty()));
    return Stream.concat(set, defaults).sorted(Comparator.comparing(Setting::name)).toList();
  }

  private String shown(ConfigValue value) {
    String text = value.getRawValue().contains("${") ? value.getRawValue() : value.getValue();
    for (String secret : secrets) {
      text = text.replace(secret, HIDDEN);
    }
    return ShownArguments.of(text, HIDDEN);
  }

  private static String source(ConfigValue value) {
    String name = value.getSourceName();
    Matcher file = FILE.matcher(name);
    if (file.matches() && !file.group(1).contains(".jar")) {
      return file.group(1);
    }
    if (name.startsWith("EnvConfigSource")) {
      return "a variable of the environment";
    }
    if (name.startsWith("SysPropConfigSource")) {
      return "a system property";
    }
    return name.contains(".jar") ? "the service itself" : name;
  }
}
