package flow;

import cluster.request.WrittenDuration;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import pipeline.Pipeline;
import run.Attempt;
import run.AttemptState;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.ListedCluster;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunState;

/**
 * Decides the next action of a run. Pure: the same rows and the same time give the same answer.
 *
 * @param visibility how long after RunJobFlow EMR may take to list the new cluster
 * @param giveUpAfter how long a run continues without ever getting a cluster; also how long after
 *     its deadline a cluster that EMR no longer lists is still queried, and how long a cluster may
 *     continue that EMR does not show
 */
public record Flow(Duration visibility, Duration giveUpAfter) {

  /**
   * How long a cluster may take to begin to terminate, by itself after its last step or after a
   * request, before the service requests it (again).
   */
  static final Duration GRACE = Duration.ofMinutes(3);

  /**
   * The next action of a run that is not in its final state.
   *
   * @param open the run and its attempts
   * @param pipeline its pipeline as configured now
   * @param snapshot the last listing of the clusters
   * @param now the time to measure deadlines against
   */
  public Action next(OpenRun open, Pipeline pipeline, ClusterSnapshot snapshot, Instant now) {
    if (open.run().outcome().isPresent()) {
      return discardFirst(open, end(open, snapshot));
    }
    return switch (open.run().state()) {
      case COLLECTED -> collected(open, pipeline);
      case QUEUED ->
          open.run().ingestsOnItsCluster() && pipeline.ingest().isEmpty()
              ? new Action.Decide(open, Outcome.failed(noSource(open.run())))
              : new Action.Begin(open, RetryPolicy.nextRung(open, pipeline));
      case PROCESSING -> process(open, pipeline, snapshot, now);
      case LOADING ->
          endAttempts(open, open.attempts(), snapshot)
              .orElseGet(() -> new Action.Load(open, open.lastAttempt().orElseThrow()));
      case SUCCEEDED, FAILED, CANCELLED, NO_DATA -> new Action.Wait(open);
    };
  }

  /**
   * The next action of a run whose pipeline is no longer configured: its clusters are followed to
   * their end, whether or not the run ever continues.
   */
  public Action nextWithoutPipeline(OpenRun open, ClusterSnapshot snapshot, Instant now) {
    if (open.run().outcome().isPresent()) {
      return end(open, snapshot);
    }
    Optional<Action> end = endAttempts(open, failed(open), snapshot);
    if (end.isPresent() || open.run().state() != RunState.PROCESSING) {
      return end.orElseGet(() -> new Action.Wait(open));
    }
    Attempt attempt = open.lastAttempt().orElseThrow();
    if (attempt.isUnanswered() && attempt.failure().isEmpty()) {
      return intended(open, attempt, snapshot, now);
    }
    boolean isLate =
        attempt.state() == AttemptState.LAUNCHED
            && attempt.failure().isEmpty()
            && !attempt.clusterIsGone()
            && attempt.intent().expiresAt().isBefore(snapshot.begun());
    return isLate ? new Action.Fail(open, attempt, tooOld(attempt)) : new Action.Wait(open);
  }

  /**
   * The clusters to terminate now, whatever else is done for the run meanwhile.
   *
   * @param now the time to measure deadlines against, for clusters that EMR has not shown since
   */
  public List<Action.Terminate> terminations(OpenRun open, ClusterSnapshot snapshot, Instant now) {
    boolean isOver = open.run().outcome().isPresent();
    return open.attempts().stream()
        .filter(attempt -> attempt.clusterId().isPresent() && !attempt.clusterIsGone())
        .filter(
            attempt ->
                switch (attempt.state()) {
                  case INTENDED, ENDED -> false;
                  case LAUNCHED ->
                      isOver
                          || attempt.failure().isPresent()
                          || isTooOldUnseen(attempt, snapshot, now);
                  case ENDING -> isOverdue(attempt, snapshot);
                })
        .map(attempt -> new Action.Terminate(open, attempt))
        .toList();
  }

  private static List<Attempt> failed(OpenRun open) {
    return open.attempts().stream().filter(attempt -> attempt.failure().isPresent()).toList();
  }

  /**
   * The next action of a run whose end is decided: brings every attempt to its end, then the run.
   * It needs no pipeline, so it also serves runs whose pipeline is no longer configured.
   */
  public Action end(OpenRun open, ClusterSnapshot snapshot) {
    Optional<Action> action = endAttempts(open, open.attempts(), snapshot);
    if (action.isPresent()) {
      return action.get();
    }
    boolean allEnded =
        open.attempts().stream().allMatch(attempt -> attempt.state() == AttemptState.ENDED);
    return allEnded
        ? new Action.Close(open, open.run().outcome().orElseThrow())
        : new Action.Wait(open);
  }

  /**
   * Takes the run's files out of the table, before the run ends; its cluster may still be ending.
   */
  private static Action discardFirst(OpenRun open, Action end) {
    return open.run().isToBeWithdrawn()
            && (end instanceof Action.Wait || end instanceof Action.Close)
        ? new Action.Discard(open, open.lastAttempt().orElseThrow())
        : end;
  }

  private static Action collected(OpenRun open, Pipeline pipeline) {
    if (open.run().isToBeFetched()) {
      return pipeline.ingest().isEmpty()
          ? new Action.Decide(open, Outcome.failed(noSource(open.run())))
          : new Action.Fetch(open);
    }
    return open.run().input().bytes() > 0
        ? new Action.WriteManifest(open)
        : new Action.DeclareEmpty(open);
  }

  private Action process(OpenRun open, Pipeline pipeline, ClusterSnapshot snapshot, Instant now) {
    Attempt attempt = open.lastAttempt().orElseThrow();
    Optional<Action> end = endAttempts(open, failed(open), snapshot);
    if (end.isPresent()) {
      return end.get();
    }
    if (attempt.failure().isPresent()) {
      // The next attempt begins when EMR has accepted the request to end this one.
      return attempt.state() == AttemptState.LAUNCHED
          ? new Action.Wait(open)
          : afterFailure(open, attempt.failure().get(), pipeline, now);
    }
    return switch (attempt.state()) {
      case INTENDED -> intended(open, attempt, snapshot, now);
      case LAUNCHED -> launched(open, attempt, pipeline, snapshot);
      case ENDING, ENDED ->
          attempt.cluster().filter(Flow::canBeJudged).isPresent()
              ? new Action.Judge(open, attempt)
              : new Action.Wait(open);
    };
  }

  private Action afterFailure(OpenRun open, Failure failure, Pipeline pipeline, Instant now) {
    return RetryPolicy.triesAgain(open, pipeline, giveUpAfter, now)
        ? new Action.Begin(open, RetryPolicy.nextRung(open, pipeline))
        : new Action.Decide(open, Outcome.failed(Remedy.forGood(failure, open.run().id())));
  }

  /** While an answer to RunJobFlow is not known, the service looks for its cluster. */
  private Action intended(OpenRun open, Attempt attempt, ClusterSnapshot snapshot, Instant now) {
    if (attempt.isUnanswered()) {
      return unanswered(open, attempt, snapshot)
          .orElseGet(
              () ->
                  new Action.Fail(
                      open,
                      attempt,
                      new Failure(
                          FailureKind.INTERNAL,
                          "RunJobFlow was sent at %s without an answer, and EMR lists no cluster '%s'"
                              .formatted(attempt.calledAt().orElseThrow(), attempt.clusterName()),
                          "Read the service's log for why EMR did not answer; a cluster of that name that shows up later is listed at /api/orphan-clusters")));
    }
    return attempt.intent().expiresAt().isBefore(now)
        ? new Action.Fail(open, attempt, neverCalled(attempt))
        : new Action.Launch(open, attempt);
  }

  /** The action for a cluster that may exist; empty if it certainly does not. */
  private Optional<Action> unanswered(OpenRun open, Attempt attempt, ClusterSnapshot snapshot) {
    List<ListedCluster> found = snapshot.named(attempt.clusterName());
    if (!found.isEmpty()) {
      return Optional.of(new Action.Adopt(open, attempt, Adoption.of(attempt, found)));
    }
    Instant called = attempt.calledAt().orElseThrow();
    return called.plus(visibility).isBefore(snapshot.begun())
        ? Optional.empty()
        : Optional.of(new Action.Wait(open));
  }

  /**
   * An attempt whose work ended while the service was down must be seen before it is called late.
   */
  private Action launched(
      OpenRun open, Attempt attempt, Pipeline pipeline, ClusterSnapshot snapshot) {
    if (attempt.cluster().filter(Flow::canBeJudged).isPresent()) {
      return new Action.Judge(open, attempt);
    }
    Instant expires = attempt.intent().expiresAt();
    Instant late = isInQuestion(attempt, snapshot) ? expires.plus(giveUpAfter) : expires;
    if (late.isBefore(snapshot.begun())) {
      return new Action.Fail(open, attempt, tooOld(attempt));
    }
    boolean starts =
        snapshot
            .find(attempt.clusterId().orElseThrow())
            .filter(cluster -> cluster.status().state() == ClusterState.STARTING)
            .isPresent();
    Duration deadline = pipeline.cluster().startDeadline();
    if (starts && attempt.calledAt().orElseThrow().plus(deadline).isBefore(snapshot.begun())) {
      return new Action.Fail(open, attempt, noCapacity(attempt, pipeline));
    }
    if (snapshot.isLongerIn(
        ClusterState.BOOTSTRAPPING,
        attempt.clusterId().orElseThrow(),
        pipeline.cluster().bootstrapDeadline())) {
      return new Action.Fail(open, attempt, bootstrapsOn(attempt, pipeline));
    }
    return new Action.Wait(open);
  }

  /** Whether the cluster has ended or is ending, and the outcome of its steps is not known yet. */
  private static boolean isInQuestion(Attempt attempt, ClusterSnapshot snapshot) {
    return snapshot
        .find(attempt.clusterId().orElseThrow())
        .filter(cluster -> cluster.status().state() != ClusterState.TERMINATING)
        .isEmpty();
  }

  /**
   * Successful steps are judged at once. A failed step is judged when the cluster has a reason for
   * its end, which comes with TERMINATING.
   */
  private static boolean canBeJudged(ClusterStatus cluster) {
    return cluster.stepsCompleted()
        || cluster.state().isGone()
        || (cluster.state() == ClusterState.TERMINATING && cluster.stepsEnded());
  }

  /** The first thing to record on these attempts' way to their end. */
  private Optional<Action> endAttempts(
      OpenRun open, List<Attempt> attempts, ClusterSnapshot snapshot) {
    return attempts.stream()
        .flatMap(attempt -> endAttempt(open, attempt, snapshot).stream())
        .findFirst();
  }

  private Optional<Action> endAttempt(OpenRun open, Attempt attempt, ClusterSnapshot snapshot) {
    if (attempt.state() == AttemptState.ENDED) {
      return Optional.empty();
    }
    if (attempt.clusterIsGone()
        || (attempt.clusterId().isEmpty() && attempt.calledAt().isEmpty())) {
      return Optional.of(new Action.EndAttempt(open, attempt));
    }
    if (attempt.state() != AttemptState.INTENDED) {
      return Optional.empty();
    }
    Action action =
        unanswered(open, attempt, snapshot).orElseGet(() -> new Action.EndAttempt(open, attempt));
    return action instanceof Action.Wait ? Optional.empty() : Optional.of(action);
  }

  /**
   * While EMR lists no clusters, a deadline still ends one that costs money. It is only terminated:
   * its work is judged when EMR shows it again.
   */
  private boolean isTooOldUnseen(Attempt attempt, ClusterSnapshot snapshot, Instant now) {
    Instant expires = attempt.intent().expiresAt();
    boolean ends =
        attempt
            .cluster()
            .filter(status -> status.state() == ClusterState.TERMINATING || canBeJudged(status))
            .isPresent();
    return !ends && !expires.isBefore(snapshot.begun()) && expires.plus(giveUpAfter).isBefore(now);
  }

  private static boolean isOverdue(Attempt attempt, ClusterSnapshot snapshot) {
    boolean ends =
        attempt.cluster().filter(status -> status.state() == ClusterState.TERMINATING).isPresent();
    Optional<Instant> toldAt = attempt.endAskedAt();
    Optional<Instant> expected =
        toldAt.isPresent() ? toldAt : attempt.cluster().flatMap(ClusterStatus::lastStepEndedAt);
    boolean stays = expected.filter(at -> at.plus(GRACE).isBefore(snapshot.begun())).isPresent();
    boolean tooOld = attempt.intent().expiresAt().isBefore(snapshot.begun()) && toldAt.isEmpty();
    return !ends && (stays || tooOld);
  }

  private static Failure noSource(Run run) {
    return new Failure(
        FailureKind.VALIDATION,
        "Run %s was to ingest its object, and pipelines.%s.ingest.url is not set any more"
            .formatted(run.id(), run.pipeline()),
        "Set it and " + Remedy.retry(run.id()));
  }

  private static Failure tooOld(Attempt attempt) {
    return new Failure(
        FailureKind.TIMEOUT,
        "Attempt %d was not done by %s (its pipeline's cluster.max-age); its cluster is %s"
            .formatted(
                attempt.number(),
                attempt.intent().expiresAt(),
                attempt.cluster().map(cluster -> cluster.state().name()).orElse("not known")),
        "Check the cluster's steps and logs; give the pipeline more machines or a longer deadline; then "
            + Remedy.retry(attempt.run()));
  }

  private static Failure neverCalled(Attempt attempt) {
    return new Failure(
        FailureKind.INTERNAL,
        "Attempt %d was recorded at %s, and EMR was not asked for its cluster by %s"
            .formatted(
                attempt.number(), attempt.intent().intendedAt(), attempt.intent().expiresAt()),
        "Read the service's log for the cause");
  }

  private static Failure noCapacity(Attempt attempt, Pipeline pipeline) {
    return new Failure(
        FailureKind.CAPACITY,
        "Cluster %s was still STARTING after %s (pipelines.%s.cluster.start-deadline); EMR gives no reason; most often EC2 lacks machines of the requested types"
            .formatted(
                attempt.clusterId().orElseThrow(),
                new WrittenDuration(pipeline.cluster().startDeadline()),
                pipeline.name()),
        Remedy.moreRungs(pipeline));
  }

  private static Failure bootstrapsOn(Attempt attempt, Pipeline pipeline) {
    return new Failure(
        FailureKind.BOOTSTRAP,
        "Cluster %s was still BOOTSTRAPPING after %s (pipelines.%s.cluster.bootstrap-deadline)"
            .formatted(
                attempt.clusterId().orElseThrow(),
                new WrittenDuration(pipeline.cluster().bootstrapDeadline()),
                pipeline.name()),
        Remedy.ofCluster(FailureKind.BOOTSTRAP, attempt, pipeline, Optional.empty()));
  }
}
