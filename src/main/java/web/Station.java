package web;

import api.PhaseView;
import api.RunDetailView;
import api.RunDetailView.AttemptView;
import flow.Phase.Kind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import run.ClusterState;
import run.ClusterStatus;
import run.FailureKind;
import run.RunState;
import run.StepState;
import run.StepStatus;

/**
 * A station on a batch's way from its landing to the table.
 *
 * @param name what happens there
 * @param tone how it stands
 * @param word how it stands, in a word or two
 * @param detail what there is to know of it, empty if nothing
 * @param from when the run came there
 * @param to when it was done there
 */
record Station(
    String name,
    Tone tone,
    String word,
    String detail,
    Optional<Instant> from,
    Optional<Instant> to) {

  /** The five stations of a run, each as its last attempt shows it. */
  static List<Station> of(RunDetailView view) {
    Optional<AttemptView> attempt =
        view.attempts().stream().max(Comparator.comparing(AttemptView::number));
    return List.of(
        landed(view),
        cluster(view, attempt),
        steps(view, attempt),
        terminated(view, attempt),
        table(view));
  }

  private static Station landed(RunDetailView view) {
    boolean isTaken = view.run().objects() > 0;
    boolean isOver = view.run().state().isFinal();
    return new Station(
        "Landed",
        isTaken ? Tone.GOOD : isOver ? Tone.STILL : Tone.WAIT,
        isTaken ? "taken" : isOver ? "nothing fetched" : "to be fetched",
        "%d %s, %s"
            .formatted(
                view.run().objects(),
                view.run().objects() == 1 ? "object" : "objects",
                Shown.size(view.run().bytes())),
        Optional.of(view.run().createdAt()),
        Optional.empty());
  }

  private static Station cluster(RunDetailView view, Optional<AttemptView> attempt) {
    Optional<ClusterStatus> cluster = attempt.flatMap(AttemptView::cluster);
    String detail = attempt.flatMap(AttemptView::clusterId).orElse("");
    Optional<Instant> from = attempt.flatMap(AttemptView::calledAt);
    if (cluster.flatMap(ClusterStatus::readyAt).isPresent()) {
      return new Station(
          "Cluster", Tone.GOOD, "ready", detail, from, cluster.flatMap(ClusterStatus::readyAt));
    }
    boolean over =
        view.run().state().isFinal() || attempt.flatMap(AttemptView::failure).isPresent();
    if (over) {
      boolean failed = attempt.flatMap(AttemptView::failure).isPresent();
      return new Station(
          "Cluster",
          failed ? Tone.BAD : Tone.STILL,
          failed ? "failed" : "none",
          detail,
          from,
          Optional.empty());
    }
    return new Station(
        "Cluster",
        from.isPresent() ? Tone.BUSY : Tone.WAIT,
        cluster
            .map(status -> Shown.word(status.state()))
            .orElse(from.isPresent() ? "requested" : "waits"),
        detail,
        from,
        Optional.empty());
  }

  private static Station steps(RunDetailView view, Optional<AttemptView> attempt) {
    List<StepStatus> steps =
        attempt.flatMap(AttemptView::cluster).map(ClusterStatus::steps).orElse(List.of());
    List<PhaseView> phases =
        view.phases().stream().filter(phase -> phase.kind() == Kind.STEP).toList();
    Optional<Instant> from = steps.stream().flatMap(step -> step.startedAt().stream()).findFirst();
    long completed = steps.stream().filter(step -> step.state() == StepState.COMPLETED).count();
    String detail = steps.isEmpty() ? "" : "%d of %d completed".formatted(completed, steps.size());
    if (steps.stream().anyMatch(step -> Tone.of(step.state()) == Tone.BAD)) {
      return new Station("Steps", Tone.BAD, "failed", detail, from, end(phases));
    }
    if (!steps.isEmpty() && completed == steps.size()) {
      return new Station("Steps", Tone.GOOD, "completed", detail, from, end(phases));
    }
    if (view.run().state().isFinal()) {
      return new Station("Steps", Tone.STILL, "not run", detail, from, Optional.empty());
    }
    return new Station(
        "Steps",
        from.isPresent() ? Tone.BUSY : Tone.STILL,
        from.isPresent() ? "running" : "to come",
        detail,
        from,
        Optional.empty());
  }

  private static Optional<Instant> end(List<PhaseView> phases) {
    return phases.stream().flatMap(phase -> phase.to().stream()).max(Comparator.naturalOrder());
  }

  private static Station terminated(RunDetailView view, Optional<AttemptView> attempt) {
    Optional<ClusterState> state = attempt.flatMap(AttemptView::cluster).map(ClusterStatus::state);
    Optional<Instant> from =
        view.phases().stream()
            .filter(phase -> phase.kind() == Kind.TERMINATING)
            .map(PhaseView::from)
            .max(Comparator.naturalOrder());
    if (state.filter(ClusterState::isGone).isPresent()) {
      return new Station(
          "Terminated",
          Tone.GOOD,
          "gone",
          "",
          from,
          attempt.flatMap(AttemptView::cluster).flatMap(ClusterStatus::endedAt));
    }
    if (attempt.flatMap(AttemptView::calledAt).isEmpty()) {
      return new Station(
          "Terminated",
          Tone.STILL,
          view.run().state().isFinal() ? "no cluster" : "to come",
          "",
          Optional.empty(),
          Optional.empty());
    }
    return new Station(
        "Terminated",
        from.isPresent() ? Tone.BUSY : Tone.STILL,
        from.isPresent() ? "ending" : "to come",
        "",
        from,
        Optional.empty());
  }

  private static Station table(RunDetailView view) {
    Optional<Instant> from =
        view.phases().stream()
            .filter(phase -> phase.kind() == Kind.LOADING)
            .map(PhaseView::from)
            .max(Comparator.naturalOrder());
    Optional<Instant> to =
        end(view.phases().stream().filter(phase -> phase.kind() == Kind.LOADING).toList());
    if (view.loaded().isPresent()) {
      return new Station(
          "Table",
          Tone.GOOD,
          "answers",
          "%s rows".formatted(Shown.number(view.loaded().get().rows())),
          from,
          to);
    }
    if (view.run().failure().filter(why -> why.kind() == FailureKind.WAREHOUSE).isPresent()) {
      return new Station("Table", Tone.BAD, "not loaded", "", from, to);
    }
    if (view.run().state() == RunState.LOADING) {
      return new Station("Table", Tone.BUSY, "loading", "", from, Optional.empty());
    }
    return new Station(
        "Table",
        Tone.STILL,
        view.run().state().isFinal() ? "nothing loaded" : "to come",
        "",
        Optional.empty(),
        Optional.empty());
  }
}
