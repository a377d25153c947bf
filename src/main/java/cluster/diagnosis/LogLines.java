package cluster.diagnosis;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.ZipException;

/**
 * The lines of an unknown log: it may have lines of many megabytes, be truncated anywhere, and
 * contain bytes that are no text. Only the beginning of each line is kept.
 */
final class LogLines {

  /** How many bytes are kept of a line. */
  static final int KEPT = 4_096;

  private static final Pattern ESCAPE_SEQUENCE = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");

  private final Consumer<String> each;
  private final byte[] line = new byte[KEPT];
  private int length;

  private LogLines(Consumer<String> each) {
    this.each = each;
  }

  /**
   * Passes on each line, without its line end and without control sequences for terminals. A lone
   * carriage return ends a line too: Spark's progress bar writes no other end.
   *
   * @param limit the number of bytes after which the rest is not read
   * @throws IOException if the log cannot be read; a truncated log is no failure
   */
  static void each(InputStream log, long limit, Consumer<String> each) throws IOException {
    LogLines lines = new LogLines(each);
    byte[] buffer = new byte[1 << 16];
    long left = limit;
    while (left > 0) {
      int count = read(log, buffer, (int) Math.min(buffer.length, left));
      if (count < 0) {
        break;
      }
      lines.take(buffer, count);
      left -= count;
    }
    lines.end();
  }

  /** EMR uploads while the step still writes, so a gzip stream may end too early. */
  private static int read(InputStream log, byte[] buffer, int count) throws IOException {
    try {
      return log.read(buffer, 0, count);
    } catch (EOFException | ZipException cut) {
      return -1;
    }
  }

  private void take(byte[] buffer, int count) {
    for (int i = 0; i < count; i++) {
      byte b = buffer[i];
      if (b == '\n' || b == '\r') {
        end();
      } else if (length < KEPT) {
        line[length++] = b;
      }
    }
  }

  private void end() {
    if (length > 0) {
      each.accept(text());
      length = 0;
    }
  }

  private String text() {
    String text = new String(line, 0, length, StandardCharsets.UTF_8);
    return isClean(text) ? text : clean(text);
  }

  private static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isControl(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    ESCAPE_SEQUENCE
        .matcher(text)
        .replaceAll("")
        .chars()
        .filter(c -> !isControl((char) c))
        .forEach(c -> clean.append((char) c));
    return clean.toString();
  }

  private static boolean isControl(char c) {
    return Character.isISOControl(c) && c != '\t';
  }
}
