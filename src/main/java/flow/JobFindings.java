package flow;

import contract.JobResult;
import java.util.List;
import java.util.Optional;
import run.CheckOutcome;
import run.CheckSeverity;
import run.LeftOut;
import run.Rejected;

/** What a job's result reports about rows, in the form that a run keeps. */
final class JobFindings {

  private JobFindings() {}

  /** What the checks found, in their order. */
  static List<CheckOutcome> checks(JobResult result) {
    return result.checks().stream()
        .map(
            found ->
                new CheckOutcome(
                    found.name(),
                    CheckSeverity.valueOf(found.severity().name()),
                    found.violations(),
                    found.firstRows()))
        .toList();
  }

  /**
   * Why rows were rejected; empty if none was, or if the job gave no reason.
   *
   * @param prefix where the rejected rows are
   */
  static Optional<Rejected> rejected(JobResult result, String prefix) {
    return result.rejectReasons().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rejected(
                prefix,
                result.rejectReasons().stream()
                    .map(
                        why ->
                            new Rejected.Reason(why.kind(), why.rows(), why.uri(), why.example()))
                    .toList()));
  }

  /**
   * The first of what was skipped or removed because it is not data; empty if there was nothing.
   */
  static Optional<LeftOut> leftOut(JobResult result) {
    return LeftOut.of(
        result.skipped().stream()
            .map(object -> new LeftOut.Skipped(object.uri(), object.reason()))
            .toList(),
        result.stripped().stream()
            .map(one -> new LeftOut.Stripped(one.what(), one.times(), one.uri()))
            .toList());
  }
}
