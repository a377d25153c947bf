package sparkjob.landed;

import contract.JobResult.Reject;
import contract.JobResult.RejectReason;
import contract.JobResult.Stripped;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * The counts of reading one split.
 *
 * @param read rows, including rejected ones
 * @param rejected rows that did not parse
 * @param start where its first record begins, in bytes from the object's start
 * @param end where the next split's first record must begin; {@link #UNKNOWN} if it was not read to
 *     its end
 * @param first the first of its rejected rows, shortened
 * @param reasons how many rows were rejected for which kind of reason
 * @param stripped what was removed because it is not data, by kind
 */
record SplitCount(
    Split split,
    long read,
    long rejected,
    long start,
    long end,
    List<Reject> first,
    Map<String, RejectReason> reasons,
    Map<String, Stripped> stripped)
    implements Serializable {
  static final long UNKNOWN = -1;

  SplitCount {
    first = List.copyOf(first);
    reasons = Map.copyOf(reasons);
    stripped = Map.copyOf(stripped);
  }

  /** The more complete one of two counts of the same split. */
  SplitCount orBetter(SplitCount other) {
    return end == UNKNOWN && (other.end != UNKNOWN || other.read > read) ? other : this;
  }
}
