package polling;

import inflight.ExpectedResults.Question;
import inflight.InFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.ListedCluster;
import run.OpenRun;
import run.Run;
import run.RunId;
import store.RunStore;
import store.StaleVersionException;

/**
 * The attempts whose clusters are polled, as last read from the run store. What EMR reports of a
 * cluster is saved with its attempt at once. Only the poller's thread uses it.
 */
final class WatchedAttempts {

  private final RunStore runs;
  private final InFlight inFlight;
  private final FollowUpQueries followUps;
  private final UsualEnds ends;
  private final Pipelines pipelines;
  private List<Attempt> attempts = List.of();
  private Map<RunId, String> leavingResults = Map.of();

  WatchedAttempts(
      RunStore runs,
      InFlight inFlight,
      FollowUpQueries followUps,
      UsualEnds ends,
      Pipelines pipelines) {
    this.runs = runs;
    this.pipelines = pipelines;
    this.inFlight = inFlight;
    this.followUps = followUps;
    this.ends = ends;
  }

  List<Attempt> all() {
    return attempts;
  }

  /** How soon to poll for steps again, if the end of some is near. */
  Optional<Duration> pace(Instant now) {
    return ends.pace(attempts, now);
  }

  /**
   * The attempts whose steps may end any moment now: first those whose results are there, then the
   * longest unseen. S3 is asked for results twice as often as EMR would be for steps. Steps of the
   * user's own need not leave one.
   */
  List<Attempt> toExpect(Instant now) {
    Map<Attempt.Intent, Duration> paces = new HashMap<>();
    for (Attempt attempt : attempts) {
      ends.pace(attempt, now)
          .filter(pace -> followUps.needsSteps(attempt))
          .ifPresent(pace -> paces.put(attempt.intent(), pace));
    }
    inFlight
        .expectedResults()
        .expect(
            paces.entrySet().stream()
                .filter(entry -> leavingResults.containsKey(entry.getKey().run()))
                .map(entry -> question(entry.getKey(), entry.getValue()))
                .toList());
    return followUps.toExpect(attempts, paces, inFlight.expectedResults().written(now), now);
  }

  private Question question(Attempt.Intent attempt, Duration pace) {
    return new Question(attempt, leavingResults.get(attempt.run()), pace.dividedBy(2));
  }

  /** Whether the attempt's result is there, so that its step is about to end. */
  boolean hasResult(Attempt attempt, Instant now) {
    return inFlight.expectedResults().written(now).containsKey(attempt.intent());
  }

  /** No attempt has a cluster. */
  void clear() {
    attempts = List.of();
  }

  /**
   * Reads the open attempts again, and records what pages of the listing show of their clusters.
   */
  void write(Map<String, ListedCluster> shown, Instant now) {
    List<Attempt> read = new ArrayList<>();
    List<OpenRun> open = runs.open();
    followUps.areOver(
        open.stream()
            .map(OpenRun::run)
            .filter(run -> run.outcome().isPresent())
            .map(Run::id)
            .collect(Collectors.toSet()));
    for (Attempt attempt : open.stream().flatMap(run -> run.attempts().stream()).toList()) {
      if (attempt.clusterId().isPresent() && attempt.state() != AttemptState.ENDED) {
        read.add(
            Optional.ofNullable(shown.get(attempt.clusterId().get()))
                .flatMap(cluster -> FollowUpQueries.seen(attempt, cluster, now))
                .map(seen -> save(attempt, seen))
                .orElse(attempt));
      }
    }
    attempts = read;
    leavingResults =
        open.stream()
            .map(OpenRun::run)
            .filter(
                run -> pipelines.find(run.pipeline()).filter(WatchedAttempts::isOurs).isPresent())
            .collect(Collectors.toMap(Run::id, Run::pipeline));
  }

  private static boolean isOurs(Pipeline pipeline) {
    return !pipeline.steps().areOwn();
  }

  private Attempt save(Attempt before, Attempt seen) {
    followUps.changed(seen);
    try {
      return runs.save(seen);
    } catch (StaleVersionException e) {
      return before;
    }
  }

  /** Records what EMR reported of the attempt's own cluster, unless it is known to be gone. */
  void update(Attempt attempt, ClusterStatus status) {
    inFlight.queries().forget(attempt.intent());
    runs.attempt(attempt.run(), attempt.number())
        .filter(stored -> !stored.clusterIsGone())
        .map(stored -> stored.seen(status))
        .ifPresent(
            seen -> {
              Attempt saved = runs.save(seen);
              ends.learn(saved);
              attempts =
                  attempts.stream().map(known -> isSame(known, saved) ? saved : known).toList();
            });
  }

  private static boolean isSame(Attempt a, Attempt b) {
    return a.run().equals(b.run()) && a.number() == b.number();
  }
}
