package metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import store.Database;
import store.PausedPipelines;

/**
 * The paused pipelines for the gauges, of which there may be hundreds: they are read once, and then
 * again only after something has changed.
 */
@ApplicationScoped
class PausedNames {

  /**
   * What was read.
   *
   * @param changes how many changes there had been before
   */
  private record Seen(long changes, Set<String> names) {}

  private final PausedPipelines paused;
  private final Database database;
  private volatile Seen seen = new Seen(-1, Set.of());

  PausedNames(PausedPipelines paused, Database database) {
    this.paused = paused;
    this.database = database;
  }

  boolean has(String pipeline) {
    long changes = database.changes();
    Seen now = seen;
    if (now.changes() != changes) {
      now = new Seen(changes, paused.names());
      seen = now;
    }
    return now.names().contains(pipeline);
  }
}
