package run;

import java.util.List;

/**
 * Why rows of a run were rejected.
 *
 * @param uri the prefix of all rejected rows, each with its text and its reason
 * @param reasons the number by kind of reason, the most frequent first
 */
public record Rejected(String uri, List<Reason> reasons) {

  public Rejected {
    reasons = List.copyOf(reasons);
  }

  /**
   * One kind of reason.
   *
   * @param kind the column and what its values are not, without any value
   * @param rows how many rows
   * @param uri an object that has such a row
   * @param example the whole reason of that row, which shows the value
   */
  public record Reason(String kind, long rows, String uri, String example) {}
}
