package sparkjob.text;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * CSV cut into records and fields, as RFC 4180 has it: a quoted field may hold delimiters, line
 * ends and doubled quotes. A quote within an unquoted field is an ordinary character.
 *
 * <p>A record whose quotes make no sense ends with its first line, and reading continues with the
 * next one: a wrong quote loses only its own line, not the rest of the object.
 */
public final class CsvRecords extends Records {
  private static final byte PLAIN = 0;
  private static final byte QUOTED = 1;
  private static final byte ESCAPED = 2;

  private final byte delimiter;
  private final byte quote;
  private final byte escape;

  private int fields;
  // By field: distances from the start of the record, and what is between them.
  private int[] froms = new int[64];
  private int[] tos = new int[64];
  private byte[] kinds = new byte[64];
  private String problem;

  private byte[] header;
  private int repeatedHeaders;

  /**
   * Reads the records that begin before {@code end}.
   *
   * @param end in bytes from the object's start; the last record may extend beyond it
   */
  public CsvRecords(Window window, long end, CsvSyntax syntax) {
    super(window, end);
    this.delimiter = syntax.delimiter();
    this.quote = syntax.quote();
    this.escape = syntax.escape();
  }

  /** How many fields the record has. */
  public int fields() {
    return fields;
  }

  /** Whether its quotes make sense. */
  public boolean isWhole() {
    return problem == null;
  }

  /** Whether a quote stands within a plain field, where it is an ordinary character. */
  boolean hasStrayQuote() {
    for (int field = 0; field < fields; field++) {
      for (int i = froms[field]; kinds[field] == PLAIN && i < tos[field]; i++) {
        if (window.at(i) == quote) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether nothing stands between the delimiters, not even quotes. */
  public boolean isAbsent(int field) {
    return froms[field] == tos[field] && kinds[field] == PLAIN;
  }

  /** Whether a field is not in quotes. */
  boolean isPlain(int field) {
    return kinds[field] == PLAIN;
  }

  /** The text that holds a field's value, to be read from {@link #from} to {@link #to}. */
  public byte[] text(int field) {
    return kinds[field] == ESCAPED ? unescaped(field) : window.bytes;
  }

  /** Where a field's value begins in {@code text}, which {@link #text} gave. */
  public int from(int field, byte[] text) {
    return text == window.bytes ? window.start + froms[field] : 0;
  }

  /** Where a field's value ends in {@code text}, which {@link #text} gave. */
  public int to(int field, byte[] text) {
    return text == window.bytes ? window.start + tos[field] : text.length;
  }

  @Override
  void check() throws Unparsable {
    super.check();
    if (problem != null) {
      throw new Unparsable(problem);
    }
  }

  @Override
  boolean isNoRecord() {
    return (fields == 1 && kinds[0] == PLAIN && problem == null && holdsOnlySpaces())
        || isRepeatedHeader();
  }

  /** Skips each further record that repeats the header, as after a concatenation. */
  public void passOver(Header repeated) {
    header = repeated.raw().getBytes(StandardCharsets.UTF_8);
  }

  /** How many records repeated the header. */
  public int repeatedHeaders() {
    return repeatedHeaders;
  }

  private boolean isRepeatedHeader() {
    boolean isRepeated =
        header != null
            && header.length == contentLength
            && Arrays.equals(
                header, 0, header.length, window.bytes, window.start, window.start + contentLength);
    repeatedHeaders += isRepeated ? 1 : 0;
    return isRepeated;
  }

  @Override
  void scan() throws IOException {
    fields = 0;
    problem = null;
    int distance = 0;
    while (true) {
      if (fields == froms.length) {
        froms = Arrays.copyOf(froms, fields * 2);
        tos = Arrays.copyOf(tos, fields * 2);
        kinds = Arrays.copyOf(kinds, fields * 2);
      }
      boolean isQuoted = window.has(distance) && window.at(distance) == quote;
      distance = isQuoted ? scanQuoted(distance) : scanPlain(distance);
      if (problem != null) {
        endAfterFirstLine();
        return;
      }
      fields++;
      if (!window.has(distance) || window.at(distance) != delimiter) {
        endAt(distance);
        return;
      }
      distance++;
    }
  }

  /** Returns the distance of the delimiter or line end after the field. */
  private int scanPlain(int from) throws IOException {
    int distance = endOfPlain(from);
    froms[fields] = from;
    tos[fields] = distance;
    kinds[fields] = PLAIN;
    return distance;
  }

  private int endOfPlain(int from) throws IOException {
    int i = window.start + from;
    while (true) {
      byte[] bytes = window.bytes;
      int limit = window.limit;
      for (; i < limit; i++) {
        byte b = bytes[i];
        // One comparison for nearly all characters: line ends, NUL and the signed bytes of
        // non-ASCII are all below.
        if (b <= '\r') {
          if (b == '\n' || b == '\r' || b == delimiter) {
            return i - window.start;
          }
          sawNonAscii |= b < 0;
          sawNul |= b == 0;
        } else if (b == delimiter) {
          return i - window.start;
        }
      }
      int distance = i - window.start;
      if (!window.more()) {
        return distance;
      }
      i = window.start + distance;
    }
  }

  /** Returns the distance of the delimiter or line end after the field, or sets {@code problem}. */
  private int scanQuoted(int opening) throws IOException {
    froms[fields] = opening + 1;
    kinds[fields] = QUOTED;
    int distance = opening + 1;
    while (true) {
      if (!window.has(distance)) {
        problem = "the quote that opens field " + (fields + 1) + " is not closed";
        return distance;
      }
      byte b = window.at(distance);
      if (b == escape && isEscaping(distance)) {
        kinds[fields] = ESCAPED;
        distance++;
      } else if (b == quote) {
        break;
      }
      sawNonAscii |= b < 0;
      sawNul |= b == 0;
      distance++;
    }
    tos[fields] = distance;
    distance++;
    if (window.has(distance)) {
      byte after = window.at(distance);
      if (after != delimiter && after != '\n' && after != '\r') {
        problem = "text follows the closing quote of field " + (fields + 1);
      }
    }
    return distance;
  }

  private boolean isEscaping(int distance) throws IOException {
    if (!window.has(distance + 1)) {
      return false;
    }
    byte next = window.at(distance + 1);
    return next == quote || next == escape;
  }

  private void endAfterFirstLine() throws IOException {
    int distance = 0;
    while (window.has(distance) && window.at(distance) != '\n' && window.at(distance) != '\r') {
      distance++;
    }
    endAt(distance);
  }

  private byte[] unescaped(int field) {
    int length = 0;
    byte[] value = new byte[tos[field] - froms[field]];
    for (int distance = froms[field]; distance < tos[field]; distance++) {
      byte b = window.at(distance);
      if (b == escape && distance + 1 < tos[field]) {
        byte next = window.at(distance + 1);
        if (next == quote || next == escape) {
          b = next;
          distance++;
        }
      }
      value[length++] = b;
    }
    return Arrays.copyOf(value, length);
  }
}
