package polling;

import flow.ClusterSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import run.ClusterState;
import run.ListedCluster;

/**
 * Lists all clusters of the account, page by page. If they fill many pages, a listing takes long
 * within EMR's quotas. Therefore a short listing of the clusters that are starting or ending runs
 * in between, with as many pages as the full listing has had.
 *
 * <p>EMR lists clusters in no order (Amazon EMR API reference, ListClusters), and they change while
 * pages are read. So a cluster is missing in a listing only if no page has shown it since the
 * listing began; and only a complete listing proves that a cluster does not exist.
 */
public final class ClusterListing {

  /** Amazon EMR API reference, ListClusters: clusters in one answer. */
  private static final int PAGE = 50;

  /** What EMR can be asked to list. */
  public enum Listing {
    /** Every cluster that has not terminated. */
    ACTIVE,
    /** Those that are starting or ending. */
    MOVING,
    /**
     * Every cluster, terminated or not, that was created since the oldest RunJobFlow whose answer
     * is missing.
     */
    CREATED
  }

  /**
   * A page to request.
   *
   * @param listing the listing it belongs to
   * @param createdSince since when its clusters were created; present exactly of {@link
   *     Listing#CREATED}
   * @param marker where it begins; absent for the first
   */
  public record Request(Listing listing, Optional<Instant> createdSince, Optional<String> marker) {}

  /** A cluster as it was last shown, by the page of that number, and since when in that state. */
  private record Shown(ListedCluster cluster, long page, Instant since) {}

  /** A listing in progress. */
  private static final class Reading {

    private final Instant begun;
    private final long pagesBefore;
    private final Optional<Instant> createdSince;
    private Listing listing;
    private Optional<String> marker = Optional.empty();

    Reading(Listing listing, Instant begun, long pagesBefore, Optional<Instant> createdSince) {
      this.listing = listing;
      this.begun = begun;
      this.pagesBefore = pagesBefore;
      this.createdSince = createdSince;
    }

    Request request() {
      return new Request(listing, createdSince.filter(since -> listing == Listing.CREATED), marker);
    }
  }

  private final Map<String, Shown> clusters = new HashMap<>();
  private Instant begun = Instant.MIN;
  private Instant renewed = Instant.MIN;
  private Optional<Reading> snapshot = Optional.empty();
  private Optional<Reading> shortListing = Optional.empty();
  private long pages;
  private long pagesBeforeRenewed;
  private long pagesBetweenGlances;

  /** Whether there is something to begin. */
  public boolean mayBegin() {
    return snapshot.isEmpty() || mayListShort();
  }

  /**
   * Begins a full listing, unless one is in progress, and a short listing, if that has fewer pages
   * and its turn has come.
   *
   * @param createdSince when the oldest call without an answer was sent; absent if there is none
   */
  public void begin(Instant now, Optional<Instant> createdSince) {
    boolean isShort = mayListShort();
    if (snapshot.isEmpty()) {
      snapshot = Optional.of(new Reading(Listing.ACTIVE, now, pages, createdSince));
    }
    if (isShort) {
      shortListing = Optional.of(new Reading(Listing.MOVING, now, pages, Optional.empty()));
    }
  }

  private boolean mayListShort() {
    return shortListing.isEmpty()
        && pagesBetweenGlances <= 0
        && !begun.equals(Instant.MIN)
        && pages(moving()) < pages(clusters.size());
  }

  private long moving() {
    return clusters.values().stream().filter(shown -> state(shown).isMoving()).count();
  }

  private static long pages(long clusters) {
    return Math.max(1, (clusters + PAGE - 1) / PAGE);
  }

  /** The page to request next, if any. */
  public Optional<Request> next() {
    return shortListing.or(() -> snapshot).map(Reading::request);
  }

  /**
   * Takes the page that was requested.
   *
   * @param marker where the next begins; absent on the last
   * @return the snapshot, if that was the last page of a listing
   */
  public Optional<ClusterSnapshot> add(List<ListedCluster> page, Optional<String> marker) {
    pages++;
    Reading reading = shortListing.or(() -> snapshot).orElseThrow();
    page.forEach(
        cluster ->
            clusters.merge(
                cluster.id(), new Shown(cluster, pages, reading.begun), ClusterListing::newest));
    reading.marker = marker;
    if (reading.listing != Listing.MOVING) {
      pagesBetweenGlances--;
    }
    boolean goesOn =
        marker.isPresent()
            || (reading.listing == Listing.ACTIVE && reading.createdSince.isPresent());
    if (marker.isEmpty() && goesOn) {
      reading.listing = Listing.CREATED;
    }
    return goesOn ? Optional.empty() : ended(reading);
  }

  private static Shown newest(Shown before, Shown now) {
    return state(before) == state(now) ? new Shown(now.cluster(), now.page(), before.since()) : now;
  }

  private Optional<ClusterSnapshot> ended(Reading reading) {
    if (reading.listing == Listing.MOVING) {
      shortListing = Optional.empty();
      renewed = reading.begun;
      pagesBeforeRenewed = reading.pagesBefore;
      pagesBetweenGlances = snapshot.isPresent() ? pages - reading.pagesBefore : 0;
    } else {
      snapshot = Optional.empty();
      begun = reading.begun;
      pagesBetweenGlances = 0;
      clusters.values().removeIf(shown -> shown.page() <= reading.pagesBefore);
      if (reading.pagesBefore >= pagesBeforeRenewed) {
        renewed = reading.begun;
        pagesBeforeRenewed = reading.pagesBefore;
      }
    }
    return Optional.of(known());
  }

  private ClusterSnapshot known() {
    Map<String, ListedCluster> all = new HashMap<>();
    Set<String> vanished = new HashSet<>();
    Map<String, Instant> since = new HashMap<>();
    clusters.forEach(
        (id, shown) -> {
          all.put(id, shown.cluster());
          since.put(id, shown.since());
          if (state(shown).isMoving() && shown.page() <= pagesBeforeRenewed) {
            vanished.add(id);
          }
        });
    return new ClusterSnapshot(begun, renewed, all, vanished, since);
  }

  /** Drops the listings in progress: EMR may refuse a marker. */
  public void giveUp() {
    snapshot = Optional.empty();
    shortListing = Optional.empty();
    pagesBetweenGlances = 0;
  }

  private static ClusterState state(Shown shown) {
    return shown.cluster().status().state();
  }
}
