package sparkjob.text;

import java.io.IOException;

/** One record per line, as in JSON lines. */
public final class LineRecords extends Records {

  /**
   * Reads the lines that begin before {@code end}.
   *
   * @param end in bytes from the object's start; the last line may extend beyond it
   */
  public LineRecords(Window window, long end) {
    super(window, end);
  }

  @Override
  void scan() throws IOException {
    int i = window.start;
    while (true) {
      byte[] bytes = window.bytes;
      int limit = window.limit;
      for (; i < limit; i++) {
        byte b = bytes[i];
        if (b <= '\n') {
          if (b == '\n') {
            endLine(i - window.start);
            return;
          }
          sawNonAscii |= b < 0;
          sawNul |= b == 0;
        }
      }
      int distance = i - window.start;
      if (!window.more()) {
        endAt(distance);
        return;
      }
      i = window.start + distance;
    }
  }

  private void endLine(int distance) throws IOException {
    endAt(distance);
    if (distance > 0 && window.at(distance - 1) == '\r') {
      contentLength--;
    }
  }

  @Override
  boolean isNoRecord() {
    return holdsOnlySpaces();
  }
}
