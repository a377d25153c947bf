package flow;

import contract.JobResult;
import java.util.List;
import java.util.Optional;
import run.CheckOutcome;
import run.CheckSeverity;
import run.Findings;
import run.LeftOut;
import run.Rejected;

/** What a job's result tells about rows, as a run keeps it. */
final class JobFindings {

  private JobFindings() {}

  /**
   * All of it.
   *
   * @param prefix has all rejected rows
   */
  static Findings of(JobResult result, String prefix) {
    return new Findings(checks(result), rejected(result, prefix), leftOut(result));
  }

  /** What the checks found, in their order. */
  static List<CheckOutcome> checks(JobResult result) {
    return result.details().checks().stream()
        .map(
            found ->
                new CheckOutcome(
                    found.name(),
                    CheckSeverity.valueOf(found.severity().name()),
                    found.violations(),
                    found.firstRows()))
        .toList();
  }

  private static Optional<Rejected> rejected(JobResult result, String prefix) {
    return result.details().rejectReasons().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Rejected(
                prefix,
                result.details().rejectReasons().stream()
                    .map(
                        why ->
                            new Rejected.Reason(why.kind(), why.rows(), why.uri(), why.example()))
                    .toList()));
  }

  private static Optional<LeftOut> leftOut(JobResult result) {
    return LeftOut.of(
        result.details().skipped().stream()
            .map(object -> new LeftOut.Skipped(object.uri(), object.reason()))
            .toList(),
        result.details().stripped().stream()
            .map(one -> new LeftOut.Stripped(one.what(), one.times(), one.uri()))
            .toList());
  }
}
