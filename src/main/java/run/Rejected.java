package run;

import contract.JobResult.Reject;
import contract.JobResult.RejectReason;
import java.util.List;

/**
 * Why rows of a run were rejected.
 *
 * @param uri the prefix of all rejected rows, each with its text and its reason
 * @param reasons the number by kind of reason, the most frequent first
 * @param first the first of these rows, with the beginning of their text
 */
public record Rejected(String uri, List<RejectReason> reasons, List<Reject> first) {

  public Rejected {
    reasons = List.copyOf(reasons);
    first = List.copyOf(first);
  }
}
