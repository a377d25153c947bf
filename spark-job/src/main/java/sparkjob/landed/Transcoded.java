package sparkjob.landed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import sparkjob.text.ValueForms;

/**
 * Text of another encoding as UTF-8. Bytes that are no character become a byte that UTF-8 does not
 * have, so that only the record around it is rejected.
 */
final class Transcoded extends InputStream {
  private static final int NO_UTF_8 = 0xFF;
  private static final int SIZE = 64 << 10;

  private final InputStream in;
  private final CharsetDecoder decoder;
  private final ByteBuffer encoded = ByteBuffer.allocate(SIZE).flip();
  private final CharBuffer characters = CharBuffer.allocate(SIZE);
  private ByteBuffer ready = ByteBuffer.allocate(0);
  private boolean hasEnded;

  private Transcoded(InputStream in, CharsetDecoder decoder) {
    this.in = in;
    this.decoder = decoder;
  }

  /**
   * An object's text in UTF-8 from a byte on, which is the first one unless the object itself is in
   * UTF-8.
   */
  static InputStream open(String uri, long from, ValueForms forms, Configuration hadoop)
      throws IOException {
    InputStream in = ObjectStream.open(uri, from, hadoop);
    if (forms.isUtf8()) {
      return in;
    }
    CharsetDecoder decoder =
        forms
            .charset()
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    Transcoded transcoded = new Transcoded(in, decoder);
    if (forms.encoding().equals("UTF-16")) {
      transcoded.mustHaveMark();
    }
    return transcoded;
  }

  private void mustHaveMark() throws IOException {
    encoded.clear();
    int read = in.readNBytes(encoded.array(), 0, 2);
    encoded.limit(read);
    int mark = read < 2 ? 0 : encoded.getShort(0) & 0xFFFF;
    if (read > 0 && mark != 0xFEFF && mark != 0xFFFE) {
      throw new IOException(
          "it has no byte order mark, so UTF-16 does not say how it is to be read; the encoding may be UTF-16LE or UTF-16BE");
    }
  }

  @Override
  public int read() throws IOException {
    return fill() ? ready.get() & 0xFF : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int read = Math.min(length, ready.remaining());
    ready.get(bytes, offset, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** Whether something is ready now. */
  private boolean fill() throws IOException {
    while (!ready.hasRemaining() && !hasEnded) {
      encoded.compact();
      int read = in.read(encoded.array(), encoded.position(), encoded.remaining());
      encoded.position(encoded.position() + Math.max(0, read)).flip();
      ready = ByteBuffer.wrap(decoded(read < 0));
      hasEnded = read < 0;
    }
    return ready.hasRemaining();
  }

  private byte[] decoded(boolean isLast) {
    ByteArrayOutputStream utf8 = new ByteArrayOutputStream(2 * SIZE);
    while (true) {
      CoderResult result = decoder.decode(encoded, characters, isLast);
      characters.flip();
      utf8.writeBytes(characters.toString().getBytes(StandardCharsets.UTF_8));
      characters.clear();
      if (result.isError()) {
        encoded.position(encoded.position() + result.length());
        utf8.write(NO_UTF_8);
      } else if (result.isUnderflow()) {
        return utf8.toByteArray();
      }
    }
  }
}
