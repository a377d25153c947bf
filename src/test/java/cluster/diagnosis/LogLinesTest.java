package cluster.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import testing.Resource;

/** What a log may be like, and its reader must live with. */
class LogLinesTest {

  @Test
  void a_line_of_many_megabytes_is_cut_and_costs_no_memory() throws IOException {
    String start = "Exception in thread \"main\" java.lang.IllegalStateException: ";
    InputStream log =
        new SequenceInputStream(
            new SequenceInputStream(bytes(start), repeated("🌷", 20_000_000)), bytes("\nmore\n"));

    assertThat(RootCause.of(log))
        .first()
        .asString()
        .startsWith(start + "🌷")
        .endsWith("🌷…")
        .hasSizeBetween(499, 500);
  }

  @Test
  void hundreds_of_megabytes_are_read_to_the_end() throws IOException {
    InputStream log =
        new SequenceInputStream(
            repeated(
                "26/11/24 09:12:31 INFO Client: Application report (state: RUNNING)\n", 2_000_000),
            bytes("Error: the end\n"));

    assertThat(RootCause.of(log)).containsExactly("Error: the end");
  }

  @Test
  void a_log_without_an_end_is_not_read_for_ever() throws IOException {
    int[] lines = {0};

    LogLines.each(repeated("INFO and so on\n", Integer.MAX_VALUE), 1_500_001, line -> lines[0]++);

    assertThat(lines[0]).isEqualTo(100_001);
  }

  @Test
  void a_gzip_stream_that_ends_too_early_gives_what_was_there() throws IOException {
    byte[] whole = gzipped(Resource.text("cluster/stderr/driver-task-failed.txt").repeat(20));
    for (int length : new int[] {whole.length - 1, whole.length - 9, whole.length / 2}) {
      byte[] cut = Arrays.copyOf(whole, length);

      assertThat(RootCause.of(new GZIPInputStream(new ByteArrayInputStream(cut))))
          .as("the first %d of %d bytes", length, whole.length)
          .first()
          .isEqualTo("Caused by: java.lang.NumberFormatException: For input string: \"three\"");
    }
  }

  @Test
  void a_stream_that_cannot_be_read_is_a_failure_of_the_reader() {
    InputStream broken = new SequenceInputStream(bytes("Error: x\n"), new Broken());

    assertThatThrownBy(() -> RootCause.of(broken))
        .isInstanceOf(IOException.class)
        .hasMessage("connection reset");
  }

  private static InputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static byte[] gzipped(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static InputStream repeated(String text, int times) {
    return new Repeated(text.getBytes(UTF_8), times);
  }

  private static final class Repeated extends InputStream {

    private final byte[] once;
    private long left;

    Repeated(byte[] once, int times) {
      this.once = once;
      this.left = (long) once.length * times;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = (int) Math.min(left, length);
      for (int i = 0; i < count; i++) {
        buffer[offset + i] = once[(int) ((once.length - left % once.length) % once.length)];
        left--;
      }
      return count == 0 ? -1 : count;
    }
  }

  private static final class Broken extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return read();
    }
  }
}
