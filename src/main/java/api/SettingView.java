package api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Optional;
import pipeline.Setting;

/**
 * A property of the configuration, in the API.
 *
 * @param name its whole name
 * @param value its value in effect; {@code (secret)} in place of what must not be shown
 * @param source where it was read from; absent for a value that no source sets, which is the
 *     service's own
 */
@RegisterForReflection
public record SettingView(String name, String value, Optional<String> source) {

  static SettingView of(Setting setting) {
    return new SettingView(setting.name(), setting.value(), setting.source());
  }
}
