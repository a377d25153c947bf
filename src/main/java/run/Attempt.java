package run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One try of a run at a cluster: at most one cluster each.
 *
 * @param intent what was recorded before anything was done
 * @param state its state
 * @param version how often it was saved; the store's guard against two writers
 * @param calledAt when RunJobFlow was last sent without a known answer: from then on a cluster of
 *     this name may exist
 * @param clusterId EMR's id, once known
 * @param cluster the cluster as EMR last showed it
 * @param endAskedAt when EMR last accepted a request to terminate the cluster
 * @param failure why it failed, once it is judged
 * @param rootCause the lines of the failed step's log that say why; absent until the log has
 *     arrived, empty if it never arrived or has no reason
 */
public record Attempt(
    Intent intent,
    AttemptState state,
    long version,
    Optional<Instant> calledAt,
    Optional<String> clusterId,
    Optional<ClusterStatus> cluster,
    Optional<Instant> endAskedAt,
    Optional<Failure> failure,
    Optional<List<String>> rootCause) {

  /**
   * What is decided before RunJobFlow is called.
   *
   * @param run the run
   * @param number 1 for the first
   * @param rung which rung of the pipeline's capacity ladder it takes, 0 for the first
   * @param clusterName deterministic, so that the cluster can be found if RunJobFlow's answer was
   *     lost
   * @param logUri where EMR writes the cluster's logs
   * @param intendedAt when it was recorded
   * @param expiresAt when it is too old, whatever its cluster does
   */
  public record Intent(
      RunId run,
      int number,
      int rung,
      String clusterName,
      String logUri,
      Instant intendedAt,
      Instant expiresAt) {}

  /** A new attempt, for which nothing was done yet. */
  public static Attempt intended(Intent intent) {
    return new Attempt(
        intent,
        AttemptState.INTENDED,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** The run. */
  public RunId run() {
    return intent.run();
  }

  /** 1 for the run's first attempt. */
  public int number() {
    return intent.number();
  }

  /** The name that its cluster has. */
  public String clusterName() {
    return intent.clusterName();
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
    requireNext(AttemptState.LAUNCHED);
    return with(
        AttemptState.LAUNCHED, calledAt, Optional.of(id), cluster, endAskedAt, failure, rootCause);
  }

  /** Its end is decided, or comes by itself. */
  public Attempt ending() {
    return moveTo(AttemptState.ENDING);
  }

  /** It is judged; its end comes by itself, or has come. */
  public Attempt judged() {
    return state == AttemptState.LAUNCHED ? ending() : this;
  }

  /** EMR has accepted the request to terminate its cluster. */
  public Attempt endAsked(Instant now) {
    if (state != AttemptState.ENDING) {
      requireNext(AttemptState.ENDING);
    }
    return with(
        AttemptState.ENDING, calledAt, clusterId, cluster, Optional.of(now), failure, rootCause);
  }

  /** There is no cluster any more, or there never was one. */
  public Attempt ended() {
    return (state == AttemptState.LAUNCHED ? ending() : this).moveTo(AttemptState.ENDED);
  }

  /** It failed; the first failure stays. */
  public Attempt failed(Failure why) {
    Optional<Failure> first = failure.or(() -> Optional.of(why));
    return with(state, calledAt, clusterId, cluster, endAskedAt, first, rootCause);
  }

  /** The cluster as EMR shows it now. */
  public Attempt seen(ClusterStatus status) {
    Optional<ClusterStatus> shown = Optional.of(cluster.map(status::after).orElse(status));
    return with(state, calledAt, clusterId, shown, endAskedAt, failure, rootCause);
  }

  /** Adds what the failed step's log says. */
  public Attempt explained(List<String> lines) {
    Optional<List<String>> logged = Optional.of(List.copyOf(lines));
    return with(state, calledAt, clusterId, cluster, endAskedAt, failure, logged);
  }

  /** The attempt as the store has it after a save. */
  public Attempt saved() {
    return new Attempt(
        intent, state, version + 1, calledAt, clusterId, cluster, endAskedAt, failure, rootCause);
  }

  /** Whether EMR has reported that the cluster is gone. */
  public boolean clusterIsGone() {
    return cluster.map(status -> status.state().isGone()).orElse(false);
  }

  /** Whether RunJobFlow was sent without a known answer. */
  public boolean isUnanswered() {
    return state == AttemptState.INTENDED && calledAt.isPresent();
  }

  private Attempt calling(Optional<Instant> called) {
    if (state != AttemptState.INTENDED) {
      throw new IllegalStateException(
          "Cannot call for a cluster of attempt %d of run %s: it is %s"
              .formatted(number(), run(), state));
    }
    return with(state, called, clusterId, cluster, endAskedAt, failure, rootCause);
  }

  private Attempt moveTo(AttemptState next) {
    requireNext(next);
    return with(next, calledAt, clusterId, cluster, endAskedAt, failure, rootCause);
  }

  private void requireNext(AttemptState next) {
    if (!state.next().contains(next)) {
      throw new IllegalStateException(
          "Cannot move attempt %d of run %s from %s to %s".formatted(number(), run(), state, next));
    }
  }

  private Attempt with(
      AttemptState nextState,
      Optional<Instant> called,
      Optional<String> id,
      Optional<ClusterStatus> shown,
      Optional<Instant> endAsked,
      Optional<Failure> why,
      Optional<List<String>> logged) {
    return new Attempt(intent, nextState, version, called, id, shown, endAsked, why, logged);
  }
}
