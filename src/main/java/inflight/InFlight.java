package inflight;

import flow.ClusterSnapshot;
import flow.LaunchQueue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import run.Attempt;
import run.OpenRun;
import run.OrphanCluster;
import run.RepeatedFailure;
import run.RunId;

/** What is worked on now, and what was last seen outside; in memory only. */
@ApplicationScoped
public class InFlight {

  private static final String CLUSTERS = "clusters";

  private final Claims<RunId> runs = new Claims<>();
  private final Claims<String> loads = new Claims<>();
  private final Claims<String> listings = new Claims<>();
  private final ListingProgress listingProgress = new ListingProgress();
  private final Claims<String> clearings = new Claims<>();
  private final Claims<String> backfills = new Claims<>();
  private final Claims<Attempt.Intent> terminations = new Claims<>();
  private final Claims<Attempt.Intent> logs = new Claims<>();
  private final Claims<Attempt.Intent> queries = new Claims<>();
  private final Claims<String> polls = new Claims<>();
  private final ExpectedResults expectedResults = new ExpectedResults();
  private final Set<String> sound = ConcurrentHashMap.newKeySet();
  private final Map<String, Instant> listed = new ConcurrentHashMap<>();
  private final AtomicReference<ClusterSnapshot> snapshot =
      new AtomicReference<>(ClusterSnapshot.NONE);
  private final AtomicBoolean pollRequested = new AtomicBoolean();
  private final AtomicReference<List<OrphanCluster>> orphans = new AtomicReference<>(List.of());
  private final AtomicReference<LaunchQueue> queue =
      new AtomicReference<>(new LaunchQueue(Map.of(), List.of()));

  /** The pipeline's runs in S3 are all in the run store: its objects may be taken from now on. */
  public void collectFrom(String pipeline) {
    sound.add(pipeline);
  }

  /** Whether the pipeline's objects may be taken. */
  public boolean mayCollect(String pipeline) {
    return sound.contains(pipeline);
  }

  /** All objects of the pipeline's landing prefix are in the run store that were there then. */
  public void listed(String pipeline, Instant then) {
    listed.put(pipeline, then);
  }

  /** When the last listing of the pipeline's landing prefix that came to its end began. */
  public Optional<Instant> listedFrom(String pipeline) {
    return Optional.ofNullable(listed.get(pipeline));
  }

  /** EMR has been asked for all clusters. */
  public void clustersSeen(ClusterSnapshot seen) {
    snapshot.set(seen);
  }

  /** What EMR last showed. */
  public ClusterSnapshot snapshot() {
    return snapshot.get();
  }

  /** A cluster has changed, as somebody says: the next listing is due at once. */
  public void pollSoon() {
    pollRequested.set(true);
  }

  /** Whether a listing was asked for since this was last asked. */
  public boolean takePollRequest() {
    return pollRequested.getAndSet(false);
  }

  /** The sweeper has been at work. */
  public void orphansFound(List<OrphanCluster> found) {
    orphans.set(List.copyOf(found));
  }

  /** The clusters of this installation that belong to no open attempt. */
  public List<OrphanCluster> orphans() {
    return orphans.get();
  }

  /** The launch queue has been looked through. */
  public void queued(LaunchQueue now) {
    queue.set(now);
  }

  /** The launch queue as the last tick found it. */
  public LaunchQueue queue() {
    return queue.get();
  }

  /** Claims on runs. */
  public Claims<RunId> runs() {
    return runs;
  }

  /**
   * Claims on the table of a pipeline, by its name: loads come one after another, since one that is
   * being rebuilt must not be given files meanwhile, and of two runs the newer is to be shown.
   */
  public Claims<String> loads() {
    return loads;
  }

  /** Claims on the listing of a pipeline, by its name. */
  public Claims<String> listings() {
    return listings;
  }

  /** How far the listings have come. */
  public ListingProgress listingProgress() {
    return listingProgress;
  }

  /** Claims on the loaded objects of a pipeline, by its name. */
  public Claims<String> clearings() {
    return clearings;
  }

  /** Claims on backfills, by their ids. */
  public Claims<String> backfills() {
    return backfills;
  }

  /** Claims on the termination of an attempt's cluster. */
  public Claims<Attempt.Intent> terminations() {
    return terminations;
  }

  /** Claims on the log of an attempt's failed step. */
  public Claims<Attempt.Intent> logs() {
    return logs;
  }

  /** What keeps EMR from telling of an attempt's own cluster. */
  public Claims<Attempt.Intent> queries() {
    return queries;
  }

  /** The results of jobs that should end soon. */
  public ExpectedResults expectedResults() {
    return expectedResults;
  }

  /** EMR has listed clusters. */
  public void clustersListed() {
    polls.forget(CLUSTERS);
  }

  /** EMR has not listed clusters, for that reason. */
  public void clustersNotListed(String why, Instant now) {
    polls.fail(CLUSTERS, why, now);
  }

  /**
   * What keeps a run from going on now: itself, the end of a cluster of its, or EMR, which does not
   * tell of its clusters.
   */
  public Optional<RepeatedFailure> trouble(OpenRun open) {
    List<Attempt> asked =
        open.run().state().isFinal()
            ? List.of()
            : open.attempts().stream()
                .filter(attempt -> attempt.calledAt().isPresent() && !attempt.clusterIsGone())
                .toList();
    return runs.trouble(open.run().id())
        .or(() -> first(open.attempts(), terminations))
        .or(() -> first(asked, queries))
        .or(() -> asked.isEmpty() ? Optional.empty() : polls.trouble(CLUSTERS));
  }

  private static Optional<RepeatedFailure> first(
      List<Attempt> attempts, Claims<Attempt.Intent> claims) {
    return attempts.stream()
        .flatMap(attempt -> claims.trouble(attempt.intent()).stream())
        .findFirst();
  }
}
