package sparkjob.text;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Cuts a stream of UTF-8 text into records, reading each byte once. Empty lines are no records. */
public abstract class Records {
  final Window window;
  private final long end;

  /** From the start of the record: up to its line end, and past it. */
  int contentLength;

  int length;

  boolean sawNonAscii;
  boolean sawNul;

  private int marks;

  /**
   * Reads the records that begin before {@code end}.
   *
   * @param end where this reader's part of the object ends, in bytes; its last record may extend
   *     beyond it
   */
  Records(Window window, long end) {
    this.window = window;
    this.end = end;
  }

  /**
   * Goes to the next record.
   *
   * @return false if there is none
   */
  public final boolean next() throws IOException {
    while (true) {
      window.start += length;
      length = 0;
      if (window.position() >= end) {
        return false;
      }
      skipMarks();
      if (!window.has(0)) {
        atEndOfStream();
        return false;
      }
      sawNonAscii = false;
      sawNul = false;
      scan();
      if (!isNoRecord()) {
        return true;
      }
    }
  }

  /**
   * Where the next record begins in the object, in bytes; at the end, where the next reader's first
   * record must begin.
   */
  public final long position() {
    return window.position() + length;
  }

  /** The text of the record without its line end; bytes that are not UTF-8 show as U+FFFD. */
  public final String raw() {
    return new String(window.bytes, window.start, contentLength, StandardCharsets.UTF_8);
  }

  /**
   * Refuses records that cannot be text, before they are parsed.
   *
   * @throws Unparsable saying why
   */
  void check() throws Unparsable {
    if (sawNul) {
      throw new Unparsable("it holds a NUL byte: this is not text");
    }
    if (sawNonAscii && !isUtf8()) {
      throw new Unparsable("it is not " + window.encoding());
    }
  }

  /** Finds where the current record ends, and sets the fields of this class. */
  abstract void scan() throws IOException;

  /** Called at the end. */
  void atEndOfStream() throws IOException {}

  /** Whether the scanned record is an empty line, or something else that is not data. */
  abstract boolean isNoRecord();

  /** How many byte order marks stood before records, where texts were concatenated. */
  public final int marks() {
    return marks;
  }

  /** Skips the byte order marks of UTF-8 at the current position. */
  final void skipMarks() throws IOException {
    while (window.has(2)
        && window.at(0) == (byte) 0xEF
        && window.at(1) == (byte) 0xBB
        && window.at(2) == (byte) 0xBF) {
      window.start += 3;
      marks++;
    }
  }

  /**
   * Ends the record at the line end that is {@code distance} from its start, or at the end of the
   * stream.
   */
  final void endAt(int distance) throws IOException {
    contentLength = distance;
    length = distance;
    if (window.has(distance)) {
      length++;
      if (window.at(distance) == '\r'
          && window.has(distance + 1)
          && window.at(distance + 1) == '\n') {
        length++;
      }
    } else if (window.isTooLong()) {
      throw new TooLongException(window.position());
    }
  }

  /** Whether the record holds only spaces and tabs. */
  final boolean holdsOnlySpaces() {
    for (int i = window.start; i < window.start + contentLength; i++) {
      if (window.bytes[i] != ' ' && window.bytes[i] != '\t') {
        return false;
      }
    }
    return true;
  }

  private boolean isUtf8() {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(window.bytes, window.start, contentLength));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** A line that has no end. */
  static final class TooLongException extends IOException {
    TooLongException(long position) {
      super(
          "the line that begins at byte %d has more than %d bytes: this is not text in lines"
              .formatted(position, Window.LONGEST_RECORD));
    }
  }
}
