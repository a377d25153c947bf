package run;

import contract.JobResult.RejectReason;
import java.util.List;

/**
 * Why rows of a run were rejected.
 *
 * @param uri the prefix of all rejected rows, each with its text and its reason
 * @param reasons the number by kind of reason, the most frequent first
 */
public record Rejected(String uri, List<RejectReason> reasons) {

  public Rejected {
    reasons = List.copyOf(reasons);
  }
}
