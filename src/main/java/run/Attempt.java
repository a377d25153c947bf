package run;

import java.time.Instant;
import java.util.Optional;

/**
 * One try of a run at a cluster: at most one cluster each.
 *
 * @param run the run
 * @param number 1 for the first
 * @param state where it stands
 * @param version how often it was saved; the store's guard against two writers
 * @param clusterName deterministic, so that the cluster can be found when RunJobFlow's answer was
 *     lost
 * @param intendedAt when it was written down
 * @param calledAt when RunJobFlow was last sent without a known answer: from then on a cluster of
 *     this name may exist
 * @param clusterId EMR's id, once known
 * @param cluster the cluster as EMR last showed it
 */
public record Attempt(
    RunId run,
    int number,
    AttemptState state,
    long version,
    String clusterName,
    Instant intendedAt,
    Optional<Instant> calledAt,
    Optional<String> clusterId,
    Optional<ClusterStatus> cluster) {

  /** An attempt that nothing was done for yet. */
  public static Attempt intended(RunId run, int number, String clusterName, Instant now) {
    return new Attempt(
        run,
        number,
        AttemptState.INTENDED,
        0,
        clusterName,
        now,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** RunJobFlow is about to be sent. */
  public Attempt called(Instant now) {
    return calling(Optional.of(now));
  }

  /** RunJobFlow was refused: certainly no cluster was created by that call. */
  public Attempt refused() {
    return calling(Optional.empty());
  }

  /** The cluster exists. */
  public Attempt launched(String id) {
    return moveTo(AttemptState.LAUNCHED, Optional.of(id));
  }

  /** Its end is known or wanted. */
  public Attempt ending() {
    return moveTo(AttemptState.ENDING, clusterId);
  }

  /** There is no cluster any more, or there never was one. */
  public Attempt ended() {
    return moveTo(AttemptState.ENDED, clusterId);
  }

  /** The cluster as EMR shows it now. */
  public Attempt seen(ClusterStatus status) {
    return with(state, calledAt, clusterId, Optional.of(status));
  }

  /** The attempt as the store has it after a save. */
  public Attempt saved() {
    return new Attempt(
        run, number, state, version + 1, clusterName, intendedAt, calledAt, clusterId, cluster);
  }

  /** Whether EMR has said that the cluster is gone. */
  public boolean clusterIsGone() {
    return cluster.map(status -> status.state().isGone()).orElse(false);
  }

  private Attempt calling(Optional<Instant> called) {
    if (state != AttemptState.INTENDED) {
      throw new IllegalStateException(
          "Cannot call for a cluster of attempt %d of run %s: it is %s"
              .formatted(number, run, state));
    }
    return with(state, called, clusterId, cluster);
  }

  private Attempt moveTo(AttemptState next, Optional<String> id) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(
          "Cannot move attempt %d of run %s from %s to %s".formatted(number, run, state, next));
    }
    return with(next, calledAt, id, cluster);
  }

  private Attempt with(
      AttemptState next,
      Optional<Instant> called,
      Optional<String> id,
      Optional<ClusterStatus> status) {
    return new Attempt(run, number, next, version, clusterName, intendedAt, called, id, status);
  }
}
