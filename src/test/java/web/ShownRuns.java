package web;

import api.PhaseView;
import api.RunDetailView;
import api.RunDetailView.AttemptView;
import api.RunDetailView.ObjectView;
import api.RunView;
import flow.Phase;
import flow.Phase.Kind;
import flow.WayOut;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.AttemptState;
import run.ClusterState;
import run.ClusterStatus;
import run.Failure;
import run.RunState;
import run.StepState;
import run.StepStatus;
import testing.Iris;

/** Runs of the API as the page is given them; the seconds are those after noon. */
final class ShownRuns {

  private ShownRuns() {}

  static Instant at(int second) {
    return Iris.NOON.plusSeconds(second);
  }

  static RunDetailView run(RunState state, List<AttemptView> attempts, List<PhaseView> phases) {
    return run(state, Optional.empty(), attempts, phases);
  }

  static RunDetailView run(
      RunState state,
      Optional<Failure> failure,
      List<AttemptView> attempts,
      List<PhaseView> phases) {
    Optional<String> message =
        failure
            .map(Failure::message)
            .or(() -> Optional.of("Ended in some way").filter(said -> state.isFinal()));
    return new RunDetailView(
        new RunView(
            Iris.RUN.value(),
            "iris",
            state,
            at(60),
            Iris.NOON,
            2,
            31,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            message,
            failure,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(
            new ObjectView(
                "s3://landing/iris/bad.csv", "e", 31, Iris.NOON, Iris.NOON, Optional.empty())),
        List.of(),
        attempts,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        List.of(),
        phases,
        Optional.empty(),
        Optional.of(3),
        failure.flatMap(WayOut::of),
        List.of("retry", "replay"));
  }

  static AttemptView attempt(int number, ClusterState state, StepStatus... steps) {
    return attempt(number, state, List.of(), steps);
  }

  static AttemptView attempt(
      int number, ClusterState state, List<String> log, StepStatus... steps) {
    return new AttemptView(
        number,
        1,
        AttemptState.LAUNCHED,
        "a-cluster",
        Iris.NOON,
        at(1_000),
        Optional.of(Iris.NOON),
        Optional.of("j-" + number),
        Optional.of(
            new ClusterStatus(
                state,
                "",
                "",
                Optional.empty(),
                Optional.of(at(5)),
                Optional.empty(),
                List.of(steps))),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.of(log));
  }

  static StepStatus step(StepState state) {
    return new StepStatus("s-1", "transform", state, "", Optional.of(at(10)), Optional.empty());
  }

  static PhaseView phase(Kind kind, int attempt, int from, int to, Phase.Outcome outcome) {
    return new PhaseView(
        kind,
        kind.name(),
        Optional.of(attempt),
        at(from),
        Optional.of(at(to)),
        Optional.of(outcome),
        Optional.empty());
  }

  static PhaseView open(Kind kind, int attempt, int from) {
    return new PhaseView(
        kind,
        kind.name(),
        Optional.of(attempt),
        at(from),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
