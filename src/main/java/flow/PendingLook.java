package flow;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import run.SeenCluster;

/**
 * A look that is under way, page by page: first all clusters that are not gone, then, where an
 * answer to RunJobFlow is awaited, all that were created since.
 */
public final class PendingLook {

  private final Instant begun;
  private final Optional<Instant> createdSince;
  private final Map<String, SeenCluster> clusters = new LinkedHashMap<>();
  private boolean activeKnown;
  private boolean complete;
  private Optional<String> marker = Optional.empty();

  /**
   * Begins.
   *
   * @param createdSince when the oldest call without an answer was sent; absent where there is none
   */
  public PendingLook(Instant begun, Optional<Instant> createdSince) {
    this.begun = begun;
    this.createdSince = createdSince;
  }

  /** Since when the next page's clusters were created; absent where it is of those not gone. */
  public Optional<Instant> createdSince() {
    return activeKnown ? createdSince : Optional.empty();
  }

  /** Where the next page begins. */
  public Optional<String> marker() {
    return marker;
  }

  /** The next page is there. */
  public void add(List<SeenCluster> page, Optional<String> next) {
    page.forEach(cluster -> clusters.put(cluster.id(), cluster));
    marker = next;
    if (next.isEmpty()) {
      complete = activeKnown || createdSince.isEmpty();
      activeKnown = true;
    }
  }

  /** The look, once all its pages are there. */
  public Optional<Look> look() {
    return complete ? Optional.of(new Look(begun, clusters)) : Optional.empty();
  }
}
