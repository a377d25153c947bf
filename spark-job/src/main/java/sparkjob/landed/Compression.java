package sparkjob.landed;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.GzipCodec;

/**
 * How an object is compressed. The ending of its name decides, in upper or lower case, and then its
 * first bytes must agree; with any other ending the first bytes decide, if no text can begin with
 * them.
 */
enum Compression {
  NONE("", "", "", "", ""),
  /** RFC 1952, section 2.3.1; all of it is compressed by method 8. */
  GZIP("gzip", ".gz", ".gzip", "\u001F\u008B", "\u001F\u008B\b"),
  /** The second is that of a first block, which begins with the digits of pi. */
  BZIP2("bzip2", ".bz2", ".bzip2", "BZh", "BZh.1AY&SY"),
  /** RFC 8878, section 3.1.1. */
  ZSTD("zstd", ".zst", ".zstd", "(\u00B5/\u00FD", "(\u00B5/\u00FD");

  /** How many first bytes are needed. */
  static final int HEAD = 10;

  /** Other formats that land under the name of a text, by their first bytes. */
  private static final Map<String, String> OTHERS =
      Map.of(
          "PK\u0003\u0004", "a ZIP archive (or a spreadsheet, which is one)",
          "\u00FD7zXZ\0", "compressed with xz",
          "\u0004\"M\u0018", "compressed with LZ4",
          "PAR1\u0015", "Parquet");

  private final String shown;
  private final String ending;
  private final String otherEnding;
  private final String magic;
  private final String sure;

  Compression(String shown, String ending, String otherEnding, String magic, String sure) {
    this.shown = shown;
    this.ending = ending;
    this.otherEnding = otherEnding;
    this.magic = magic;
    this.sure = sure;
  }

  /** By the ending of the object's name. */
  static Compression of(String uri) {
    String name = uri.toLowerCase(Locale.ROOT);
    for (Compression compression : values()) {
      boolean isNamed = name.endsWith(compression.ending) || name.endsWith(compression.otherEnding);
      if (compression != NONE && isNamed) {
        return compression;
      }
    }
    return NONE;
  }

  /**
   * By the first bytes of an object whose name has no such ending.
   *
   * @throws IOException if it is something else that is no text
   */
  static Compression of(byte[] head) throws IOException {
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    for (Compression compression : values()) {
      if (compression != NONE && compression.begins(bytes)) {
        return compression;
      }
    }
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (bytes.startsWith(other.getKey())) {
        throw new IOException(
            "it is %s; the text may be compressed with gzip, bzip2 or zstd"
                .formatted(other.getValue()));
      }
    }
    return NONE;
  }

  /** Whether these are its first bytes; a dot stands for the level, a digit. */
  private boolean begins(String bytes) {
    if (bytes.length() < sure.length()) {
      return false;
    }
    for (int i = 0; i < sure.length(); i++) {
      if (bytes.charAt(i) != sure.charAt(i) && sure.charAt(i) != '.') {
        return false;
      }
    }
    return true;
  }

  /** For messages: {@code " in gzip"}, or nothing. */
  String phrase() {
    return this == NONE ? "" : " in " + shown;
  }

  /**
   * The decompressed stream. An empty stream stays empty, although codecs would refuse it.
   *
   * @throws IOException if the stream does not begin as this compression does
   */
  InputStream decompressed(InputStream in, Configuration hadoop) throws IOException {
    byte[] head = in.readNBytes(magic.length());
    if (head.length == 0) {
      return in;
    }
    if (!new String(head, StandardCharsets.ISO_8859_1).equals(magic)) {
      throw new IOException("it does not begin as " + shown + " does");
    }
    return codec(new SequenceInputStream(new ByteArrayInputStream(head), in), hadoop);
  }

  private InputStream codec(InputStream in, Configuration hadoop) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> {
        GzipCodec codec = new GzipCodec();
        codec.setConf(hadoop);
        yield codec.createInputStream(in);
      }
      // Hadoop's own codec does not see that the last bytes are missing. Spark brings this one.
      case BZIP2 -> new Checked(new BZip2CompressorInputStream(in, true));
      // Hadoop's own codec needs its native library; Spark brings this one for its shuffles.
      case ZSTD -> new ZstdInputStream(new ZstdFrames(in));
    };
  }

  /** This codec throws arbitrary exceptions on some damaged bytes. */
  private static final class Checked extends FilterInputStream {
    Checked(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      try {
        return super.read(bytes, offset, length);
      } catch (RuntimeException e) {
        throw new IOException("its content is damaged: " + e, e);
      }
    }
  }
}
