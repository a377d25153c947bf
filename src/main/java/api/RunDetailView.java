package api;

import batch.LandedObject;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import contract.JobResult.Checked;
import flow.WayOut;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import run.Attempt;
import run.AttemptState;
import run.ClusterStatus;
import run.Failure;
import run.LeftOut;
import run.Link;
import run.LoadedTable;
import run.Rejected;
import run.RetiredOutput;
import run.RunId;
import run.SentStatement;
import run.StateEntry;
import store.LandedObjects;

/**
 * A run in the API, with everything that is known of it.
 *
 * @param run its short form
 * @param landed its first 100 objects; {@code GET /api/runs/{id}/objects} has all of them
 * @param history when it reached each state
 * @param attempts its attempts, first to last
 * @param checks what the pipeline's checks found in the rows of the last attempt that was judged
 * @param rejected why rows of that attempt were rejected, and where they are
 * @param leftOut which of its objects were skipped, and what was stripped of the others' text
 * @param statements what was sent to Snowflake
 * @param loaded what the table was proven to hold of the run
 * @param retired its curated files that no table needs any more
 * @param phases where its time went, in time's order
 * @param wholePrefix the landing prefix, where the run reads all of it and not only the objects
 *     that triggered it
 * @param mostAttempts how many clusters the pipeline allows a run, as it is configured now
 * @param wayOut by which operation the remedy of a failed run continues
 * @param operations which of {@code retry}, {@code replay}, {@code discard} and {@code cancel} it
 *     allows now
 */
@RegisterForReflection
public record RunDetailView(
    @JsonUnwrapped RunView run,
    List<ObjectView> landed,
    List<StateEntry> history,
    List<AttemptView> attempts,
    List<Checked> checks,
    Optional<Rejected> rejected,
    Optional<LeftOut> leftOut,
    List<StatementView> statements,
    Optional<LoadedTable> loaded,
    List<RetiredView> retired,
    List<PhaseView> phases,
    Optional<String> wholePrefix,
    Optional<Integer> mostAttempts,
    Optional<WayOut> wayOut,
    List<String> operations) {

  /**
   * A landed object.
   *
   * @param uri its address
   * @param etag its ETag
   * @param size its size in bytes
   * @param lastModified as S3 reports it
   * @param seenAt when the service first saw it
   * @param loadsAgain the run that loaded an earlier version of it: the rows that both have are in
   *     the table twice, unless {@code curated.mode=replace}
   */
  public record ObjectView(
      String uri,
      String etag,
      long size,
      Instant lastModified,
      Instant seenAt,
      Optional<String> loadsAgain) {

    static ObjectView of(LandedObjects.OfRun ofRun) {
      LandedObject object = ofRun.object();
      return new ObjectView(
          object.uri(),
          object.etag(),
          object.size(),
          object.lastModified(),
          object.seenAt(),
          ofRun.loadedBefore().map(RunId::value));
    }
  }

  /**
   * An attempt.
   *
   * @param number 1 for the first
   * @param rung which rung of the capacity ladder it took, 1 for the first
   * @param state its state
   * @param clusterName the cluster's name
   * @param intendedAt when it was recorded
   * @param expiresAt when it is too old, whatever its cluster does
   * @param calledAt when RunJobFlow was sent
   * @param clusterId EMR's id
   * @param cluster the cluster as EMR last showed it
   * @param endAskedAt when EMR last accepted a request to terminate the cluster
   * @param failure why it failed
   * @param links where to find out more
   * @param rootCause the lines of the failed step's log that say why, once the log has arrived
   */
  public record AttemptView(
      int number,
      int rung,
      AttemptState state,
      String clusterName,
      Instant intendedAt,
      Instant expiresAt,
      Optional<Instant> calledAt,
      Optional<String> clusterId,
      Optional<ClusterStatus> cluster,
      Optional<Instant> endAskedAt,
      Optional<Failure> failure,
      List<Link> links,
      Optional<List<String>> rootCause) {}

  /**
   * A statement.
   *
   * @param sql its text
   * @param sentAt when it was sent
   * @param millis the time until the answer, in milliseconds
   * @param error Snowflake's message, if it refused
   */
  public record StatementView(String sql, Instant sentAt, long millis, Optional<String> error) {

    static StatementView of(SentStatement sent) {
      return new StatementView(sent.sql(), sent.sentAt(), sent.took().toMillis(), sent.error());
    }
  }

  /**
   * Curated files of an attempt that no table needs any more.
   *
   * @param attempt the attempt's number
   * @param begunAt when the service decided to delete them
   * @param obstacle why they stay for good
   * @param removedAt when they were deleted
   */
  public record RetiredView(
      int attempt,
      Optional<Instant> begunAt,
      Optional<String> obstacle,
      Optional<Instant> removedAt) {

    static RetiredView of(RetiredOutput output) {
      return new RetiredView(
          output.attempt(), output.begunAt(), output.obstacle(), output.removedAt());
    }
  }

  static AttemptView view(Attempt attempt, List<Link> links) {
    return new AttemptView(
        attempt.number(),
        attempt.intent().rung() + 1,
        attempt.state(),
        attempt.clusterName(),
        attempt.intent().intendedAt(),
        attempt.intent().expiresAt(),
        attempt.calledAt(),
        attempt.clusterId(),
        attempt.cluster(),
        attempt.endAskedAt(),
        attempt.failure(),
        links,
        attempt.rootCause());
  }
}
