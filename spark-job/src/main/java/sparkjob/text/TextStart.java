package sparkjob.text;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sparkjob.failure.JobFailure;

/**
 * What programs put before a text and is no record: a byte order mark (the Unicode Standard,
 * section 23.8), and before CSV the line {@code sep=;}, with which spreadsheets declare the
 * delimiter.
 *
 * @param length its length in bytes
 * @param hasDelimiterLine whether there is such a line
 */
public record TextStart(int length, boolean hasDelimiterLine) {
  /** How many first bytes of an object are needed. */
  public static final int HEAD = 16;

  private static final Pattern DELIMITER_LINE =
      Pattern.compile("(\"?)sep=(.)\\1(\\r\\n|[\\r\\n]|\\z)", Pattern.CASE_INSENSITIVE);

  /**
   * Reads the first bytes of an object.
   *
   * @param csv how the object is written if it is CSV
   * @throws JobFailure if the object has the mark of UTF-16, or names another delimiter
   */
  public static TextStart of(byte[] head, String uri, Optional<CsvSyntax> csv) {
    if (startsWith(head, 0xFE, 0xFF) || startsWith(head, 0xFF, 0xFE)) {
      throw JobFailure.data(
          "Cannot read " + uri + ": it is UTF-16, and must be UTF-8", List.of(uri));
    }
    int mark = startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
    String first =
        new String(head, mark, Math.min(HEAD, head.length) - mark, StandardCharsets.ISO_8859_1);
    Matcher line = DELIMITER_LINE.matcher(first);
    if (csv.isEmpty() || !line.lookingAt()) {
      return new TextStart(mark, false);
    }
    char delimiter = (char) csv.get().delimiter();
    if (line.group(2).charAt(0) != delimiter) {
      throw JobFailure.data(
          "Cannot read %s: its first line says that the delimiter is '%s', and input.delimiter is '%s'; set that, or take the line away"
              .formatted(uri, line.group(2), delimiter),
          List.of(uri));
    }
    return new TextStart(mark + line.end(), true);
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
