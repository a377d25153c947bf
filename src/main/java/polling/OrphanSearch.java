package polling;

import flow.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import pipeline.SweeperSettings;
import pipeline.SweeperSettings.Mode;
import run.Attempt;
import run.ClusterState;
import run.ListedCluster;
import run.OrphanCluster;
import run.OrphanCluster.Fate;

/**
 * Finds the clusters of this installation that belong to no open attempt. Their names show the
 * installation; before one is terminated, its tags are read too.
 */
public final class OrphanSearch {

  private final Pattern ours;
  private final SweeperSettings settings;
  private final Map<String, Instant> firstSeen = new HashMap<>();

  /**
   * @param installation whose clusters are ours; those of any other are never touched
   */
  public OrphanSearch(String installation, SweeperSettings settings) {
    this.ours =
        Pattern.compile(
            Pattern.quote(installation) + " [a-z0-9-]+ r-[0-9T]+-[0-9a-f]+ attempt-[0-9]+");
    this.settings = settings;
  }

  /**
   * The orphans of a listing.
   *
   * @param open every attempt that is not ENDED, read after the listing: each is recorded before
   *     its cluster exists
   * @param storeCreatedAt an older cluster may belong to a lost run store
   */
  public synchronized List<OrphanCluster> orphans(
      ClusterSnapshot snapshot, List<Attempt> open, Instant storeCreatedAt) {
    if (settings.mode() == Mode.OFF) {
      return List.of();
    }
    Map<String, Optional<String>> expected =
        open.stream().collect(Collectors.toMap(Attempt::clusterName, Attempt::clusterId));
    List<ListedCluster> orphans =
        snapshot.clusters().values().stream()
            .filter(cluster -> ours.matcher(cluster.name()).matches())
            .filter(cluster -> isActive(cluster.status().state()))
            .filter(cluster -> isOrphan(cluster, expected))
            .toList();
    Set<String> ids = orphans.stream().map(ListedCluster::id).collect(Collectors.toSet());
    firstSeen.keySet().retainAll(ids);
    return orphans.stream()
        .map(
            cluster -> {
              Instant seen = later(snapshot.begun(), cluster.createdAt());
              Instant since = firstSeen.merge(cluster.id(), seen, OrphanSearch::earlier);
              return new OrphanCluster(
                  cluster, since, fate(cluster, since, snapshot.begun(), expected, storeCreatedAt));
            })
        .toList();
  }

  private Fate fate(
      ListedCluster cluster,
      Instant since,
      Instant now,
      Map<String, Optional<String>> expected,
      Instant storeCreatedAt) {
    if (settings.mode() == Mode.REPORT || cluster.createdAt().isBefore(storeCreatedAt)) {
      return Fate.REPORT;
    }
    // A second cluster of an attempt that has its own writes where the first one writes.
    boolean isSecond = expected.containsKey(cluster.name());
    Duration grace = isSecond ? Duration.ZERO : settings.grace();
    return since.plus(grace).isAfter(now) ? Fate.WAITS : Fate.TERMINATE;
  }

  /**
   * While an attempt's own cluster is not known, every cluster with its name may be that cluster.
   */
  private static boolean isOrphan(ListedCluster cluster, Map<String, Optional<String>> expected) {
    Optional<String> own = expected.get(cluster.name());
    return own == null || (own.isPresent() && !own.get().equals(cluster.id()));
  }

  private static boolean isActive(ClusterState state) {
    return switch (state) {
      case STARTING, BOOTSTRAPPING, RUNNING, WAITING -> true;
      case TERMINATING, TERMINATED, TERMINATED_WITH_ERRORS -> false;
    };
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
