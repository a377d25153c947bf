package polling;

import cluster.emr.EmrApi;
import cluster.emr.EmrGateway;
import cluster.emr.EmrQuotas;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import run.Attempt;
import run.ClusterStatus;
import run.StepStatus;

/**
 * Asks EMR for the steps of single clusters, within the quotas: of clusters that are ending, of
 * those whose steps should end soon, and at intervals to show progress.
 */
record StepQueries(
    EmrGateway emr,
    EmrQuotas quotas,
    Clock clock,
    FollowUpQueries followUps,
    WatchedAttempts watched) {

  /** The attempts whose cluster is ending, and whose steps' outcome is not known. */
  List<Attempt> ending() {
    return followUps.toListSteps(watched.all(), clock.instant());
  }

  /** Asks for the outcome of the steps; false if no quota allows it now. */
  boolean ask(Attempt attempt) {
    Optional<List<StepStatus>> steps = steps(attempt, 0);
    steps.ifPresent(shown -> update(attempt, shown));
    return steps.isPresent();
  }

  /**
   * At most one per turn, because each of the others may need a token when its own steps have
   * ended.
   */
  List<Attempt> soonEnding() {
    return watched.toExpect(clock.instant()).stream().limit(1).toList();
  }

  /**
   * Asks whether the steps have ended; true where they have changed. Others are left their tokens;
   * where the job's result is there, one, since its step ends next.
   */
  boolean askBesideOthers(Attempt attempt) {
    long others =
        watched.hasResult(attempt, clock.instant())
            ? 1
            : watched.all().stream().filter(followUps::needsSteps).count();
    Optional<List<StepStatus>> steps =
        steps(attempt, (int) (others + 1) / 2).filter(shown -> !shown.equals(known(attempt)));
    steps.ifPresent(shown -> update(attempt, shown));
    return steps.isPresent();
  }

  /** The attempt whose progress was unseen for longest, if a quota has a token to spare. */
  List<Attempt> progressing() {
    return followUps.toShowProgress(watched.all(), clock.instant()).stream()
        .limit(1)
        .filter(attempt -> quotas.takeSpare(EmrApi.LIST_STEPS))
        .toList();
  }

  /** Asks for the progress of the steps. */
  void showProgress(Attempt attempt) {
    followUps.listsSteps(attempt, clock.instant());
    update(attempt, emr.steps(attempt.clusterId().orElseThrow()));
  }

  private void update(Attempt attempt, List<StepStatus> steps) {
    watched.update(attempt, attempt.cluster().orElseThrow().with(steps));
  }

  /**
   * The outcome of the steps, if a quota allows the call. A single step that was listed before can
   * be asked for under either of two quotas.
   *
   * @param kept how many tokens of either quota are left for others
   */
  Optional<List<StepStatus>> steps(Attempt attempt, int kept) {
    String cluster = attempt.clusterId().orElseThrow();
    List<StepStatus> known = known(attempt);
    if (known.size() == 1 && quotas.takeBeside(EmrApi.DESCRIBE_STEP, kept)) {
      followUps.listsSteps(attempt, clock.instant());
      return Optional.of(List.of(emr.step(cluster, known.get(0).id())));
    }
    if (quotas.takeBeside(EmrApi.LIST_STEPS, kept)) {
      followUps.listsSteps(attempt, clock.instant());
      return Optional.of(emr.steps(cluster));
    }
    return Optional.empty();
  }

  /** The steps as EMR last reported them. */
  static List<StepStatus> known(Attempt attempt) {
    return attempt.cluster().map(ClusterStatus::steps).orElse(List.of());
  }
}
