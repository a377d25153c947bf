package sparkjob.landed;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.GzipCodec;

/** How an object is compressed: only its name says so, and its first bytes must agree. */
enum Compression {
  NONE("", "", ""),
  /** RFC 1952, section 2.3.1. */
  GZIP("gzip", ".gz", "\u001F\u008B"),
  BZIP2("bzip2", ".bz2", "BZh"),
  /** RFC 8878, section 3.1.1. */
  ZSTD("zstd", ".zst", "(\u00B5/\u00FD");

  private final String shown;
  private final String ending;
  private final String magic;

  Compression(String shown, String ending, String magic) {
    this.shown = shown;
    this.ending = ending;
    this.magic = magic;
  }

  /** By the ending of the object's name. */
  static Compression of(String uri) {
    for (Compression compression : values()) {
      if (compression != NONE && uri.endsWith(compression.ending)) {
        return compression;
      }
    }
    return NONE;
  }

  /** For messages: {@code " in gzip"}, or nothing. */
  String phrase() {
    return this == NONE ? "" : " in " + shown;
  }

  /**
   * What is compressed in a stream. An empty one has nothing in it, although no codec would say so.
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

  /** This codec meets some damaged bytes with whatever exception its tables give. */
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
