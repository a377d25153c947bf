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
 * Looks at all clusters of the account, page by page. Where they fill many pages, a listing takes
 * long within EMR's quotas; so those that are on the move are glanced at in between, with a shorter
 * list of their own, as many pages of it as of the listing.
 *
 * <p>EMR lists clusters in no order (Amazon EMR API reference, ListClusters), and they change while
 * pages are read. So only what no page has shown since a list was begun is missing in it; and only
 * a whole listing is proof that there is no such cluster.
 */
public final class ClusterListing {

  /** Amazon EMR API reference, ListClusters: clusters in one answer. */
  private static final int PAGE = 50;

  /** What EMR can be asked to list. */
  public enum Listing {
    /** Every cluster that is not gone. */
    ACTIVE,
    /** Those of them that are on the move. */
    MOVING,
    /** Every cluster, gone or not, that was created since an answer to RunJobFlow is awaited. */
    CREATED
  }

  /**
   * A page to be asked for.
   *
   * @param listing of which list
   * @param createdSince since when its clusters were created; present exactly of {@link
   *     Listing#CREATED}
   * @param marker where it begins; absent for the first
   */
  public record Request(Listing listing, Optional<Instant> createdSince, Optional<String> marker) {}

  /** A cluster as it was last shown, by the page of that number, and since when in that state. */
  private record Shown(ListedCluster cluster, long page, Instant since) {}

  /** A list that is being read. */
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
   * Begins a listing, unless one is under way, and a short listing, where it is shorter and its
   * turn has come.
   *
   * @param createdSince when the oldest call without an answer was sent; absent where there is none
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

  /** The page that is to be asked for next, if any. */
  public Optional<Request> next() {
    return shortListing.or(() -> snapshot).map(Reading::request);
  }

  /**
   * The page that was to be asked for is there.
   *
   * @param marker where the next begins; absent on the last
   * @return what is known now, when that was the last page of a list
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

  /** What is being read is read no further: a marker may be what EMR refuses. */
  public void giveUp() {
    snapshot = Optional.empty();
    shortListing = Optional.empty();
    pagesBetweenGlances = 0;
  }

  private static ClusterState state(Shown shown) {
    return shown.cluster().status().state();
  }
}
