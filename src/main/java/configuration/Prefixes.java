package configuration;

import cluster.request.DidYouMean;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.eclipse.microprofile.config.Config;

/**
 * What properties of this service begin with. One that begins otherwise is somebody else's, unless
 * it is unmistakably meant for this service: then nobody would read it, and nobody say so.
 */
final class Prefixes {

  private static final List<String> OURS = List.of("pipelines", "service", "snowflake", "sweeper");

  /** What follows on a pipeline's name. */
  private static final String OF_A_PIPELINE =
      "landing|batch|input|transform|checks|steps|curated|cluster|warehouse|ingest|schedule";

  private Prefixes() {}

  /** Adds a problem for each property with a prefix that is ours but for a slip. */
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
