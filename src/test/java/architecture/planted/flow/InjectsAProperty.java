package architecture.planted.flow;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Breaks: configuration is typed. */
public final class InjectsAProperty {
  @ConfigProperty(name = "planted")
  String property;
}
