package configuration;

import cluster.diagnosis.Secrets;
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

  private static final Pattern SECRET_NAME =
      Pattern.compile(
          "(?i).*(secret|passw|pwd|passphrase|token|credential|signature|private[._-]?key|(access|api|account)[._-]?key).*");

  /** Such a property says where a secret is. */
  private static final Pattern PLACE = Pattern.compile(".*-(file|url)");

  /** A signature or a key in a URL's query, and an option of a step that is given one. */
  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?i)([?&;][^=&;\\s]*(?:sig|auth|key|code)[^=&;\\s]*=|--?[a-z0-9-]*(?:secret|passw|pwd|passphrase|token|credential|key)[a-z0-9-]*\\s+)(?:\"[^\"]*\"|'[^']*'|[^&;\\s]+)");

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
                        .filter(ShownSettings::isSecret)
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
                      isSecret(name) ? HIDDEN : shown(value),
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

  private static boolean isSecret(String name) {
    return SECRET_NAME.matcher(name).matches() && !PLACE.matcher(name).matches();
  }

  private String shown(ConfigValue value) {
    String text = value.getRawValue().contains("${") ? value.getRawValue() : value.getValue();
    for (String secret : secrets) {
      text = text.replace(secret, HIDDEN);
    }
    return SECRET_VALUE
        .matcher(Secrets.masked(text, HIDDEN))
        .replaceAll("$1" + Matcher.quoteReplacement(HIDDEN));
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
