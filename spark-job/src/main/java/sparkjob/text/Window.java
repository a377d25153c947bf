package sparkjob.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The part of a stream that is in memory: it always holds the current record from its first byte
 * on.
 *
 * <p>The record readers' inner loops read the fields, each byte once. {@code start} is where the
 * current record begins in {@code bytes}, {@code limit} is after the last byte that is there.
 */
public final class Window {
  /** Longer records are no records: they have an unclosed quote, or are no text. */
  public static final int LONGEST_RECORD = 16 << 20;

  private static final int FIRST_SIZE = 256 << 10;

  private final InputStream in;
  private final String encoding;
  byte[] bytes = new byte[FIRST_SIZE];
  int start;
  int limit;
  private long offsetOfFirstByte;

  /**
   * Opens a window on a stream.
   *
   * @param offset where the stream begins in its object, in bytes
   */
  public Window(InputStream in, long offset) {
    this(in, offset, ValueForms.UTF_8);
  }

  /**
   * Opens a window on a stream of UTF-8 that was converted from another encoding.
   *
   * @param encoding the original encoding, for messages
   */
  public Window(InputStream in, long offset, String encoding) {
    this.in = in;
    this.offsetOfFirstByte = offset;
    this.encoding = encoding;
  }

  /** The original encoding, for messages. */
  String encoding() {
    return encoding;
  }

  /** Where the current record begins in the object, in bytes. */
  long position() {
    return offsetOfFirstByte + start;
  }

  /** Whether there is a byte at this distance from the start of the record. */
  boolean has(int distance) throws IOException {
    return start + distance < limit || more();
  }

  /** The byte at this distance from the start of the record. It must be there. */
  byte at(int distance) {
    return bytes[start + distance];
  }

  /**
   * Reads on, keeping the current record, whose {@code start} may move.
   *
   * @return false if the stream has ended or the record is too long, see {@link #isTooLong()}
   */
  boolean more() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, limit - start);
      offsetOfFirstByte += start;
      limit -= start;
      start = 0;
    }
    if (limit == bytes.length) {
      if (bytes.length >= LONGEST_RECORD) {
        return false;
      }
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    int read = in.read(bytes, limit, bytes.length - limit);
    if (read <= 0) {
      return false;
    }
    limit += read;
    return true;
  }

  /** Whether the record fills the largest window. */
  boolean isTooLong() {
    return limit - start >= LONGEST_RECORD;
  }
}
