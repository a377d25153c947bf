package sparkjob.contract;

import java.io.Serializable;

/**
 * How many rows were rejected for one kind of reason.
 *
 * @param kind the reason without anything of a row's own
 * @param rows how many
 * @param uri the first object that has such a row, as the manifest gives it
 * @param example the whole reason of that row
 */
public record RejectReason(String kind, long rows, String uri, String example)
    implements Serializable {

  /** Both together, with this one's example. */
  public RejectReason plus(RejectReason other) {
    return new RejectReason(kind, rows + other.rows, uri, example);
  }

  /** In words: how many, and why. */
  @Override
  public String toString() {
    return "%d (%s)".formatted(rows, kind);
  }
}
