package flow;

import java.time.Duration;
import java.time.Instant;
import pipeline.Pipeline;
import run.Attempt;
import run.AttemptState;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;

/**
 * Decides what comes next for a run. Pure: the same rows and the same time give the same answer.
 */
public final class Flow {

  /**
   * How long a cluster may take to terminate by itself after its last step before it is told to.
   */
  static final Duration GRACE = Duration.ofMinutes(3);

  private Flow() {}

  /**
   * The next step of a run that is not in its last state.
   *
   * @param open the run and its attempts
   * @param pipeline its pipeline as configured now
   * @param looked when EMR was last asked for all clusters; before that nothing is known of them
   * @param now the time to measure deadlines against
   */
  public static Leg next(OpenRun open, Pipeline pipeline, Instant looked, Instant now) {
    if (open.run().outcome().isPresent()) {
      return end(open, open.run().outcome().get(), pipeline, now);
    }
    return switch (open.run().state()) {
      case COLLECTED -> collected(open);
      case QUEUED -> new Leg.Begin(open);
      case PROCESSING -> process(open, pipeline, looked, now);
      case LOADING -> new Leg.Load(open, open.lastAttempt().orElseThrow());
      case SUCCEEDED, FAILED, CANCELLED, NO_DATA -> new Leg.Wait(open);
    };
  }

  private static Leg collected(OpenRun open) {
    return open.run().bytes() > 0 ? new Leg.WriteManifest(open) : new Leg.DeclareEmpty(open);
  }

  private static Leg process(OpenRun open, Pipeline pipeline, Instant looked, Instant now) {
    Attempt attempt = open.lastAttempt().orElseThrow();
    return switch (attempt.state()) {
      case INTENDED ->
          isTooOld(attempt, pipeline, now)
              ? timeout(open, attempt, pipeline)
              : launch(open, attempt);
      case LAUNCHED -> {
        if (attempt.cluster().filter(Flow::canBeJudged).isPresent()) {
          yield new Leg.Judge(open, attempt);
        }
        // What was done while this service was not there must be seen before it is called late.
        yield isTooOld(attempt, pipeline, looked)
            ? timeout(open, attempt, pipeline)
            : new Leg.Wait(open);
      }
      case ENDING, ENDED -> new Leg.Wait(open);
    };
  }

  private static Leg timeout(OpenRun open, Attempt attempt, Pipeline pipeline) {
    return new Leg.Decide(open, Outcome.failed(tooOld(attempt, pipeline)));
  }

  /**
   * While an answer to RunJobFlow is not known, its cluster is looked for before another is asked
   * for.
   */
  private static Leg launch(OpenRun open, Attempt attempt) {
    return attempt.calledAt().isPresent()
        ? new Leg.Adopt(open, attempt)
        : new Leg.Launch(open, attempt);
  }

  /**
   * Good steps are judged at once. A step that failed is judged when the cluster says why it ends:
   * the reason comes with TERMINATING.
   */
  private static boolean canBeJudged(ClusterStatus cluster) {
    return Verdict.allCompleted(cluster)
        || cluster.state().isGone()
        || (cluster.state() == ClusterState.TERMINATING && cluster.stepsEnded());
  }

  /** Brings every attempt to its end, then the run. */
  private static Leg end(OpenRun open, Outcome outcome, Pipeline pipeline, Instant now) {
    for (Attempt attempt : open.attempts()) {
      Leg step = end(open, attempt, pipeline, now);
      if (step != null) {
        return step;
      }
    }
    return new Leg.Close(open, outcome);
  }

  private static Leg end(OpenRun open, Attempt attempt, Pipeline pipeline, Instant now) {
    if (attempt.state() == AttemptState.ENDED) {
      return null;
    }
    if (attempt.clusterIsGone()
        || (attempt.clusterId().isEmpty() && attempt.calledAt().isEmpty())) {
      return new Leg.EndAttempt(open, attempt);
    }
    return switch (attempt.state()) {
      case INTENDED -> new Leg.Adopt(open, attempt);
      case LAUNCHED -> new Leg.Terminate(open, attempt);
      case ENDING ->
          isOverdue(attempt, pipeline, now) ? new Leg.Terminate(open, attempt) : new Leg.Wait(open);
      case ENDED -> null;
    };
  }

  private static boolean isOverdue(Attempt attempt, Pipeline pipeline, Instant now) {
    boolean ends =
        attempt.cluster().filter(status -> status.state() == ClusterState.TERMINATING).isPresent();
    boolean stays =
        attempt.cluster().flatMap(ClusterStatus::lastStepEndedAt).stream()
            .anyMatch(end -> end.plus(GRACE).isBefore(now));
    return !ends && (stays || isTooOld(attempt, pipeline, now));
  }

  private static boolean isTooOld(Attempt attempt, Pipeline pipeline, Instant now) {
    return attempt.intendedAt().plus(pipeline.cluster().maxAge()).isBefore(now);
  }

  private static Failure tooOld(Attempt attempt, Pipeline pipeline) {
    return new Failure(
        FailureKind.TIMEOUT,
        "Attempt %d was not done after %s (pipelines.%s.cluster.max-age); its cluster is %s"
            .formatted(
                attempt.number(),
                pipeline.cluster().maxAge(),
                pipeline.name(),
                attempt.cluster().map(cluster -> cluster.state().name()).orElse("not known")),
        "Look at the cluster's steps and logs; give the pipeline more machines or a longer deadline");
  }
}
