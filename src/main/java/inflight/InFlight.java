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
import java.util.stream.Collectors;
import java.util.stream.Stream;
import run.Attempt;
import run.OpenRun;
import run.OrphanCluster;
import run.RepeatedFailure;
import run.RunId;

/** What is being processed now, and the last known state of EMR; in memory only. */
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

  /**
   * Records that the run store has all of the pipeline's runs in S3: its objects may be taken from
   * now on.
   */
  public void collectFrom(String pipeline) {
    sound.add(pipeline);
  }

  /** Whether the pipeline's objects may be taken. */
  public boolean mayCollect(String pipeline) {
    return sound.contains(pipeline);
  }

  /**
   * Records that the run store has all objects that the pipeline's landing prefix had at that time.
   */
  public void listed(String pipeline, Instant then) {
    listed.put(pipeline, then);
  }

  /** When the last completed listing of the pipeline's landing prefix began. */
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

  /** A cluster may have changed: the next listing is due at once. */
  public void pollSoon() {
    pollRequested.set(true);
  }

  /** Whether a listing was requested since the last call of this method. */
  public boolean takePollRequest() {
    return pollRequested.getAndSet(false);
  }

  /** The sweeper has run. */
  public void orphansFound(List<OrphanCluster> found) {
    orphans.set(List.copyOf(found));
  }

  /** The clusters of this installation that belong to no open attempt. */
  public List<OrphanCluster> orphans() {
    return orphans.get();
  }

  /** The tick has read the launch queue. */
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
   * Claims on the table of a pipeline, by the pipeline's name. Loads run one after another, because
   * a table must get no files during a rebuild, and the view must show the newer of two runs.
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

  /** Why EMR shows nothing of an attempt's own cluster. */
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
   * Why a run makes no progress now: its own action failed, one of its clusters does not end, or
   * EMR shows nothing of its clusters.
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

  /** The runs whose own action, or something about one of their clusters, fails again and again. */
  public Set<RunId> stuck() {
    return Stream.concat(
            runs.stuck().stream(),
            Stream.concat(terminations.stuck().stream(), queries.stuck().stream())
                .map(Attempt.Intent::run))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Optional<RepeatedFailure> first(
      List<Attempt> attempts, Claims<Attempt.Intent> claims) {
    return attempts.stream()
        .flatMap(attempt -> claims.trouble(attempt.intent()).stream())
        .findFirst();
  }
}
