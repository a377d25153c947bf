package sparkjob.text;

import java.util.List;
import sparkjob.contract.JobFailure;

/** The mark that some programs put before a text, see the Unicode Standard, section 23.8. */
public final class ByteOrderMark {

  private ByteOrderMark() {}

  /**
   * How many bytes the mark of UTF-8 takes at the start of an object: three or none.
   *
   * @throws JobFailure if the object has the mark of UTF-16
   */
  public static int lengthOf(byte[] head, String uri) {
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return 3;
    }
    if (startsWith(head, 0xFE, 0xFF) || startsWith(head, 0xFF, 0xFE)) {
      throw JobFailure.data(
          "Cannot read " + uri + ": it is UTF-16, and must be UTF-8", List.of(uri));
    }
    return 0;
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
