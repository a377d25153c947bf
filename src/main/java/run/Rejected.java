package run;

import java.util.List;

/**
 * Why rows of a run were rejected.
 *
 * @param uri the prefix that has all of them, each with its text and its reason
 * @param reasons how many for which kind of reason, the most frequent first
 */
public record Rejected(String uri, List<Reason> reasons) {

  public Rejected {
    reasons = List.copyOf(reasons);
  }

  /**
   * One kind of reason.
   *
   * @param kind the column and what its values are not; nothing of a row's own
   * @param rows how many
   * @param uri an object that has such a row
   * @param example the whole reason of that row, which shows the value
   */
  public record Reason(String kind, long rows, String uri, String example) {}
}
