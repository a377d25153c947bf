package run;

import contract.JobResult.RejectReason;
import java.util.List;

/**
 * Why rows of a run were rejected.
 *
 * @param uri the prefix that has all of them, each with its text and its reason
 * @param reasons how many for which kind of reason, the most frequent first
 */
public record Rejected(String uri, List<RejectReason> reasons) {

  public Rejected {
    reasons = List.copyOf(reasons);
  }
}
