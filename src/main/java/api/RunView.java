package api;

import flow.Progress;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Optional;
import run.Attempt;
import run.ClusterStatus;
import run.Failure;
import run.OpenRun;
import run.Outcome;
import run.RepeatedFailure;
import run.RowCounts;
import run.Run;
import run.RunId;
import run.RunState;
import run.Start;

/**
 * A run in the API, in short form.
 *
 * @param id its id, {@code r-<UTC second>-<six hex digits>}
 * @param pipeline its pipeline
 * @param state its state
 * @param stateSince since when it is in that state
 * @param createdAt when it took its objects
 * @param objects how many objects it has
 * @param bytes the total size of its objects, in bytes
 * @param rows how many rows the job read, wrote and rejected
 * @param clusterId the last attempt's cluster
 * @param clusterState that cluster's state, as EMR names it
 * @param message how it ended or will end
 * @param failure why, if it failed
 * @param rootCause the line of the last attempt's log that says why, if there is one
 * @param progress what the service does for it now, or what it waits for, until it has ended
 * @param trouble why it makes no progress now
 * @param replayOf the run whose objects it took over
 * @param replayedAs the run that took over its objects
 * @param start who started it, if it ingests its object itself
 * @param place its place in the launch queue, 1 for the next, while it waits for a cluster
 */
@RegisterForReflection
public record RunView(
    String id,
    String pipeline,
    RunState state,
    Instant stateSince,
    Instant createdAt,
    int objects,
    long bytes,
    Optional<RowCounts> rows,
    Optional<String> clusterId,
    Optional<String> clusterState,
    Optional<String> message,
    Optional<Failure> failure,
    Optional<String> rootCause,
    Optional<String> progress,
    Optional<String> trouble,
    Optional<String> replayOf,
    Optional<String> replayedAs,
    Optional<Start> start,
    Optional<Integer> place) {

  static RunView of(OpenRun open, Optional<RepeatedFailure> trouble, Optional<Integer> place) {
    Run run = open.run();
    Optional<Attempt> attempt = open.lastAttempt();
    return new RunView(
        run.id().value(),
        run.pipeline(),
        run.state(),
        run.standing().since(),
        run.origin().createdAt(),
        run.objects(),
        run.input().bytes(),
        run.output().rows(),
        attempt.flatMap(Attempt::clusterId),
        attempt.flatMap(Attempt::cluster).map(ClusterStatus::state).map(Enum::name),
        run.outcome().map(Outcome::message),
        run.outcome().flatMap(Outcome::failure),
        attempt.flatMap(Attempt::rootCause).flatMap(lines -> lines.stream().findFirst()),
        Progress.of(open, place),
        trouble.map(RepeatedFailure::message),
        run.origin().replayOf().map(RunId::value),
        run.replayedAs().map(RunId::value),
        run.origin().start(),
        place);
  }
}
