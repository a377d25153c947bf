package configuration;

import cluster.request.DidYouMean;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * The prefixes of this service's properties. A property with another prefix is ignored, unless it
 * is clearly meant for this service: then it would silently have no effect.
 */
final class Prefixes {

  private static final List<String> OURS = List.of("pipelines", "service", "snowflake", "sweeper");

  /** The sections after a pipeline's name. */
  private static final String OF_A_PIPELINE =
      "landing|batch|input|transform|checks|steps|curated|cluster|warehouse|ingest|schedule";

  private Prefixes() {}

  /** Adds a problem for each property with a misspelt prefix of ours. */
  static void refuseSlips(Config config, List<String> problems) {
    for (String name : new TreeSet<>(Properties.written(config).toList())) {
      meant(name)
          .map(
              meant ->
                  "%s is not a property that this service knows; did you mean %s?"
                      .formatted(name, meant))
          .ifPresent(problems::add);
    }
  }

  private static Optional<String> meant(String name) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String prefix = name.substring(0, dot);
    if (prefix.matches(OF_A_PIPELINE)) {
      return Optional.of("pipelines.<name>." + name);
    }
    return new DidYouMean(OURS)
        .nearest(prefix, Math.max(1, prefix.length() / 4))
        .filter(near -> !near.equals(prefix))
        .map(near -> near + name.substring(dot));
  }
}
