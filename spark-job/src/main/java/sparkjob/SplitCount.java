package sparkjob;

import java.io.Serializable;
import java.util.List;

/**
 * What reading one split gave.
 *
 * @param read rows, the rejected ones too
 * @param rejected rows that did not parse
 * @param start where its first record begins, in bytes from the object's start
 * @param end where the next split's first record must begin
 * @param first the first of its rejected rows, shortened
 */
record SplitCount(Split split, long read, long rejected, long start, long end, List<Reject> first)
    implements Serializable {

  SplitCount {
    first = List.copyOf(first);
  }
}
