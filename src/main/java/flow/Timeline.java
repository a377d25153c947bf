package flow;

import flow.Phase.Kind;
import flow.Phase.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.OpenRun;
import run.RunState;
import run.SentStatement;
import run.StateEntry;
import run.StepState;
import run.StepStatus;

/**
 * Where the time of a run went. Times of EMR and of the service are compared, and their clocks
 * differ: what would end before it began ends when it began.
 *
 * <p>Phases may overlap, because a table is loaded while its cluster is still ending.
 */
public final class Timeline {

  private static final Optional<Outcome> DONE = Optional.of(Outcome.COMPLETED);

  private final OpenRun open;
  private final List<StateEntry> history;
  private final List<SentStatement> statements;
  private final List<Phase> phases = new ArrayList<>();

  private Timeline(OpenRun open, List<StateEntry> history, List<SentStatement> statements) {
    this.open = open;
    this.history = history;
    this.statements = statements;
  }

  /**
   * The phases of a run in the order in which they began.
   *
   * @param history the states that the run came into, in time's order
   * @param statements what was sent to Snowflake for it
   */
  public static List<Phase> of(
      OpenRun open, List<StateEntry> history, List<SentStatement> statements) {
    Timeline timeline = new Timeline(open, history, statements);
    timeline.addWaits();
    open.attempts().forEach(timeline::add);
    timeline.addGaps();
    timeline.addLoads();
    return timeline.phases.stream().sorted(Comparator.comparing(Phase::from)).toList();
  }

  /** The waits that no attempt followed, or none yet. */
  private void addWaits() {
    for (int i = 0; i < history.size(); i++) {
      if (isWait(i) && (i == 0 || !isWait(i - 1))) {
        int next = i + 1;
        while (next < history.size() && isWait(next)) {
          next++;
        }
        boolean goesOn = next == history.size();
        if (goesOn || history.get(next).state() != RunState.PROCESSING) {
          add(
              Kind.WAITING,
              "Waiting",
              Optional.empty(),
              history.get(i).since(),
              goesOn ? Optional.empty() : Optional.of(history.get(next).since()),
              goesOn ? Optional.empty() : Optional.of(outcome(history.get(next).state())));
        }
      }
    }
  }

  private boolean isWait(int entry) {
    RunState state = history.get(entry).state();
    return state == RunState.COLLECTED || state == RunState.QUEUED;
  }

  private void add(Attempt attempt) {
    Optional<Integer> number = Optional.of(attempt.number());
    boolean hasFailed = attempt.failure().isPresent();
    Instant waitedFrom = waitedFrom(attempt);
    if (attempt.calledAt().isEmpty() && attempt.clusterId().isEmpty()) {
      add(Kind.WAITING, "Waiting", number, waitedFrom, ended(attempt), outcome(hasFailed, false));
      return;
    }
    Instant called = attempt.calledAt().orElse(attempt.intent().intendedAt());
    add(Kind.WAITING, "Waiting", number, waitedFrom, Optional.of(called), DONE);
    Optional<ClusterStatus> cluster = attempt.cluster();
    Optional<Instant> ready = cluster.flatMap(ClusterStatus::readyAt).or(() -> firstStep(cluster));
    Optional<Instant> up = ready.or(() -> ending(attempt)).or(() -> ended(attempt));
    Optional<Instant> bootstraps =
        cluster
            .flatMap(ClusterStatus::bootstrappingSince)
            .map(since -> later(called, up.filter(since::isAfter).orElse(since)));
    Optional<Outcome> start = outcome(hasFailed && ready.isEmpty(), ready.isPresent());
    add(
        Kind.PROVISIONING,
        "Provisioning",
        number,
        called,
        bootstraps.or(() -> up),
        bootstraps.isPresent() ? DONE : start);
    bootstraps.ifPresent(
        since -> add(Kind.BOOTSTRAPPING, "Bootstrapping", number, since, up, start));
    steps(cluster).forEach(step -> add(attempt, step));
    ending(attempt)
        .ifPresent(
            since ->
                add(
                    Kind.TERMINATING,
                    "Terminating",
                    number,
                    later(called, since),
                    ended(attempt),
                    DONE));
  }

  private void add(Attempt attempt, StepStatus step) {
    step.startedAt()
        .ifPresent(
            started ->
                add(
                    new Phase(
                        Kind.STEP,
                        step.name(),
                        Optional.of(attempt.number()),
                        attempt.calledAt().map(called -> later(called, started)).orElse(started),
                        step.endedAt().or(() -> ended(attempt)),
                        outcome(
                            step.state() == StepState.FAILED
                                || step.state() == StepState.INTERRUPTED,
                            step.state() == StepState.COMPLETED),
                        Optional.of(step.id()))));
  }

  /** The first entry of the wait that the attempt has ended; else when the attempt was decided. */
  private Instant waitedFrom(Attempt attempt) {
    Instant intended = attempt.intent().intendedAt();
    int entry = -1;
    for (int i = 0; i < history.size() && !history.get(i).since().isAfter(intended); i++) {
      if (history.get(i).state() == RunState.PROCESSING && isFirstSince(i, attempt)) {
        entry = i;
      }
    }
    if (entry < 0) {
      return intended;
    }
    while (entry > 0 && isWait(entry - 1)) {
      entry--;
    }
    return history.get(entry).since();
  }

  /** Whether no earlier attempt came after the run's entry. */
  private boolean isFirstSince(int entry, Attempt attempt) {
    return open.attempts().stream()
        .filter(other -> other.number() < attempt.number())
        .allMatch(other -> other.intent().intendedAt().isBefore(history.get(entry).since()));
  }

  /** When the cluster's end began: its last step ended, or its end was requested. */
  private static Optional<Instant> ending(Attempt attempt) {
    return Stream.concat(
            attempt.cluster().flatMap(ClusterStatus::lastStepEndedAt).stream(),
            attempt.endAskedAt().stream())
        .min(Comparator.naturalOrder());
  }

  /**
   * When nothing was left of the attempt. Where nobody says, it was before the next attempt or the
   * run's end.
   */
  private Optional<Instant> ended(Attempt attempt) {
    Optional<Instant> gone = attempt.cluster().flatMap(ClusterStatus::endedAt);
    if (gone.isPresent() || attempt.state() != AttemptState.ENDED) {
      return gone;
    }
    return open.attempts().stream()
        .filter(other -> other.number() > attempt.number())
        .map(other -> other.intent().intendedAt())
        .findFirst()
        .or(() -> Optional.of(open.run().standing().since()));
  }

  private static Optional<Instant> firstStep(Optional<ClusterStatus> cluster) {
    return steps(cluster).stream()
        .flatMap(step -> step.startedAt().stream())
        .min(Comparator.naturalOrder());
  }

  private static List<StepStatus> steps(Optional<ClusterStatus> cluster) {
    return cluster.map(ClusterStatus::steps).orElse(List.of());
  }

  /** The time between an attempt's end and the next one; a run that had failed does not wait. */
  private void addGaps() {
    open.attempts().stream()
        .filter(attempt -> attempt.failure().isPresent())
        .forEach(
            attempt -> endOf(attempt.number()).ifPresent(end -> addGap(attempt.number() + 1, end)));
  }

  private void addGap(int next, Instant from) {
    Optional<Instant> to =
        phases.stream()
            .filter(phase -> phase.attempt().filter(number -> number == next).isPresent())
            .map(Phase::from)
            .findFirst();
    boolean continues = open.run().state() == RunState.PROCESSING && open.run().outcome().isEmpty();
    boolean hadEnded =
        history.stream()
            .anyMatch(
                entry ->
                    entry.state().isFinal()
                        && !entry.since().isBefore(from)
                        && to.map(entry.since()::isBefore).orElse(true));
    if (!hadEnded && (to.isPresent() ? to.get().isAfter(from) : continues)) {
      add(Kind.BETWEEN, "Between attempts", Optional.of(next), from, to, DONE);
    }
  }

  /** When the last phase of an attempt ended; empty while one goes on. */
  private Optional<Instant> endOf(int attempt) {
    List<Phase> own =
        phases.stream()
            .filter(phase -> phase.attempt().filter(number -> number == attempt).isPresent())
            .toList();
    return own.stream().allMatch(phase -> phase.to().isPresent())
        ? own.stream().flatMap(phase -> phase.to().stream()).max(Comparator.naturalOrder())
        : Optional.empty();
  }

  private void addLoads() {
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).state() == RunState.LOADING) {
        Instant from = history.get(i).since();
        Optional<StateEntry> next =
            i + 1 < history.size() ? Optional.of(history.get(i + 1)) : Optional.empty();
        Optional<RunState> end =
            next.map(StateEntry::state).or(() -> open.run().outcome().map(run.Outcome::state));
        Optional<Instant> to =
            end.isEmpty()
                ? Optional.empty()
                : lastAnswer(from, next.map(StateEntry::since))
                    .or(() -> next.map(StateEntry::since));
        add(Kind.LOADING, "Loading", Optional.empty(), from, to, end.map(Timeline::outcome));
      }
    }
  }

  private Optional<Instant> lastAnswer(Instant from, Optional<Instant> until) {
    return statements.stream()
        .filter(sent -> !sent.sentAt().isBefore(from))
        .filter(sent -> until.map(end -> !sent.sentAt().isAfter(end)).orElse(true))
        .map(sent -> sent.sentAt().plus(sent.took()))
        .max(Comparator.naturalOrder());
  }

  private void add(
      Kind kind,
      String name,
      Optional<Integer> attempt,
      Instant from,
      Optional<Instant> to,
      Optional<Outcome> outcome) {
    add(new Phase(kind, name, attempt, from, to, outcome, Optional.empty()));
  }

  /** What has no end has no outcome either. */
  private void add(Phase phase) {
    phases.add(
        new Phase(
            phase.kind(),
            phase.name(),
            phase.attempt(),
            phase.from(),
            phase.to().map(end -> later(phase.from(), end)),
            phase.to().flatMap(end -> phase.outcome()),
            phase.step()));
  }

  private static Optional<Outcome> outcome(boolean hasFailed, boolean isDone) {
    if (hasFailed) {
      return Optional.of(Outcome.FAILED);
    }
    return Optional.of(isDone ? Outcome.COMPLETED : Outcome.CUT_OFF);
  }

  /** Of a phase that the run left for that state. */
  private static Outcome outcome(RunState next) {
    return switch (next) {
      case FAILED -> Outcome.FAILED;
      case CANCELLED -> Outcome.CUT_OFF;
      case COLLECTED, QUEUED, PROCESSING, LOADING, SUCCEEDED, NO_DATA -> Outcome.COMPLETED;
    };
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
