package web;

import api.SettingView;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The properties that are in force for a pipeline: first those that something sets, by where they
 * were read from, and then the service's own values.
 *
 * @param set what is set, by its source
 * @param defaults the pipeline's properties that nothing sets
 * @param shared the service's properties that nothing sets
 */
record WrittenConfiguration(List<Group> set, List<Line> defaults, List<Line> shared) {

  private static final long LEAST_IN_WORDS = 1024;

  /** What one source sets. */
  record Group(String source, List<Line> lines) {}

  /**
   * A property.
   *
   * @param name without what all properties of the pipeline begin with
   */
  record Line(String name, String value) {}

  static WrittenConfiguration of(String pipeline, List<SettingView> settings) {
    String prefix = "pipelines.%s.".formatted(pipeline);
    Predicate<SettingView> isSet = setting -> setting.source().isPresent();
    Predicate<SettingView> isIts = setting -> setting.name().startsWith(prefix);
    List<Group> set =
        settings.stream()
            .filter(isSet)
            .collect(
                Collectors.groupingBy(
                    setting -> setting.source().orElseThrow(), TreeMap::new, Collectors.toList()))
            .entrySet()
            .stream()
            .map(group -> new Group(group.getKey(), lines(prefix, group.getValue(), isSet)))
            .toList();
    return new WrittenConfiguration(
        set,
        lines(prefix, settings, isIts.and(isSet.negate())),
        lines(prefix, settings, isIts.or(isSet).negate()));
  }

  private static List<Line> lines(
      String prefix, List<SettingView> settings, Predicate<SettingView> some) {
    return settings.stream().filter(some).map(setting -> line(prefix, setting)).toList();
  }

  private static Line line(String prefix, SettingView setting) {
    String name =
        setting.name().startsWith(prefix)
            ? setting.name().substring(prefix.length())
            : setting.name();
    return new Line(name, name.endsWith("bytes") ? sized(setting.value()) : setting.value());
  }

  private static String sized(String value) {
    if (!value.matches("[0-9]{1,18}") || Long.parseLong(value) < LEAST_IN_WORDS) {
      return value;
    }
    return "%s (%s)".formatted(value, Shown.size(Long.parseLong(value)));
  }
}
