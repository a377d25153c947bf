package flow;

import static org.assertj.core.api.Assertions.assertThat;

import flow.Action.Judge;
import flow.Action.Terminate;
import flow.Action.Wait;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import pipeline.Pipeline;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.FailureKind;
import run.ListedCluster;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunState;
import run.StepState;
import testing.Iris;

/** Runs as they may stand, and what the flow makes of them. */
public final class FlowCases {

  static final Instant NOW = Iris.NOON.plus(Duration.ofMinutes(10));
  static final Duration MAX_AGE = Iris.pipeline().cluster().maxAge();
  static final Duration VISIBILITY = Duration.ofMinutes(3);
  static final Duration GIVE_UP_AFTER = Duration.ofMinutes(30);
  static final Flow FLOW = new Flow(VISIBILITY, GIVE_UP_AFTER);
  static final Pipeline TWO_RUNGS = Iris.pipelineOfTwoRungs();
  static final Outcome CANCELLED = Outcome.ended(RunState.CANCELLED, "cancelled on request");

  private FlowCases() {}

  static void assertWaits(OpenRun open) {
    assertThat(next(open)).isEqualTo(new Wait(open));
  }

  static void assertJudged(Attempt attempt) {
    OpenRun open = processing(attempt);
    assertThat(next(open)).isEqualTo(new Judge(open, attempt));
  }

  static Action next(OpenRun open) {
    return at(open, NOW);
  }

  /** A listing right now that shows every cluster as its attempt has it. */
  static Action at(OpenRun open, Instant now) {
    return FLOW.next(open, Iris.pipeline(), shown(open, now), now);
  }

  static ClusterSnapshot shown(OpenRun open, Instant now) {
    Map<String, ListedCluster> shown = new HashMap<>();
    for (Attempt attempt : open.attempts()) {
      if (attempt.clusterId().isPresent()) {
        ClusterStatus status = attempt.cluster().orElse(Iris.cluster(ClusterState.STARTING));
        shown.put(
            attempt.clusterId().get(),
            new ListedCluster(attempt.clusterId().get(), attempt.clusterName(), Iris.NOON, status));
      }
    }
    return new ClusterSnapshot(now, shown);
  }

  static ClusterSnapshot snapshot(Instant begun, ListedCluster... clusters) {
    return new ClusterSnapshot(
        begun, Stream.of(clusters).collect(Collectors.toMap(ListedCluster::id, seen -> seen)));
  }

  static ListedCluster named(Attempt attempt, String id, Instant created) {
    return new ListedCluster(
        id, attempt.clusterName(), created, Iris.cluster(ClusterState.STARTING));
  }

  static Attempt lost(int number, Instant at) {
    return Iris.intended(number, at).called(at).failed(failure(FailureKind.INTERNAL)).ended();
  }

  static Attempt failedOnItsCluster(int number, FailureKind kind) {
    return Iris.intended(number, Iris.NOON)
        .called(Iris.NOON)
        .launched("j-" + number)
        .seen(Iris.cluster(ClusterState.TERMINATED_WITH_ERRORS, Iris.step(StepState.CANCELLED)))
        .failed(failure(kind))
        .ending()
        .ended();
  }

  static Failure failure(FailureKind kind) {
    return new Failure(kind, "it broke", "mend it");
  }

  /** The attempts whose clusters are to be terminated after a listing right now. */
  static List<Attempt> terminated(OpenRun open, Instant now) {
    return terminated(open, shown(open, now), now);
  }

  static List<Attempt> terminated(OpenRun open, ClusterSnapshot snapshot, Instant now) {
    return FLOW.terminations(open, snapshot, now).stream().map(Terminate::attempt).toList();
  }

  static OpenRun processing(Attempt attempt) {
    return open(in(RunState.PROCESSING), attempt);
  }

  static OpenRun decided(Attempt attempt) {
    return open(in(RunState.PROCESSING).decide(CANCELLED), attempt);
  }

  public static OpenRun open(Run run, Attempt... attempts) {
    return new OpenRun(run, List.of(attempts));
  }

  public static Attempt seen(ClusterState state, StepState step) {
    return Iris.launched().seen(Iris.cluster(state, Iris.step(step)));
  }

  public static Run in(RunState state) {
    Run run = Run.collected(Iris.RUN, "iris", Iris.NOON, 1, 1);
    return new Run(
        run.origin(),
        new Run.Standing(state, Iris.NOON, 1, Optional.empty()),
        run.input(),
        run.output(),
        0,
        Optional.empty());
  }
}
