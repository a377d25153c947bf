package sparkjob.landed;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Passes on zstd's bytes and checks whether they end at the end of a frame (RFC 8878, section 3.1).
 * zstd-jni's stream does not notice if a second frame is truncated: it ends, and rows would be lost
 * silently.
 */
final class ZstdFrames extends FilterInputStream {
  private static final long MAGIC = 0xFD2FB528L;
  private static final long SKIPPABLE = 0x184D2A5;

  private enum Part {
    MAGIC(4),
    LENGTH_OF_SKIPPABLE(4),
    DESCRIPTOR(1),
    BLOCK_HEADER(3);

    private final int bytes;

    Part(int bytes) {
      this.bytes = bytes;
    }
  }

  private Part part = Part.MAGIC;
  private int seen;
  private long value;
  private long toSkip;
  private boolean hasChecksum;

  ZstdFrames(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    if (read < 0 && (part != Part.MAGIC || seen > 0 || toSkip > 0)) {
      throw new IOException("it is cut: it ends within a frame");
    }
    for (int i = offset; i < offset + read; i++) {
      if (toSkip > 0) {
        long skipped = Math.min(toSkip, offset + read - i);
        toSkip -= skipped;
        i += (int) skipped - 1;
      } else {
        see(bytes[i] & 0xFF);
      }
    }
    return read;
  }

  private void see(int b) throws IOException {
    value |= (long) b << (8 * seen++);
    if (seen == part.bytes) {
      long whole = value;
      seen = 0;
      value = 0;
      part = next(whole);
    }
  }

  private Part next(long whole) throws IOException {
    return switch (part) {
      case MAGIC -> {
        if (whole != MAGIC && whole >> 4 != SKIPPABLE) {
          throw new IOException("something that is no zstd follows a frame");
        }
        yield whole == MAGIC ? Part.DESCRIPTOR : Part.LENGTH_OF_SKIPPABLE;
      }
      case LENGTH_OF_SKIPPABLE -> {
        toSkip = whole;
        yield Part.MAGIC;
      }
      case DESCRIPTOR -> {
        hasChecksum = (whole & 0b100) != 0;
        toSkip = restOfHeader((int) whole);
        yield Part.BLOCK_HEADER;
      }
      case BLOCK_HEADER -> {
        boolean isRunOfOneByte = (whole >> 1 & 0b11) == 1;
        boolean isLast = (whole & 1) != 0;
        toSkip = (isRunOfOneByte ? 1 : whole >> 3) + (isLast && hasChecksum ? 4 : 0);
        yield isLast ? Part.MAGIC : Part.BLOCK_HEADER;
      }
    };
  }

  /** Window, dictionary and size of the content, whose lengths are in the descriptor. */
  private static int restOfHeader(int descriptor) {
    boolean isSingleSegment = (descriptor & 0b10_0000) != 0;
    int dictionary = descriptor & 0b11;
    int size = descriptor >> 6;
    return (isSingleSegment ? 0 : 1)
        + (dictionary == 3 ? 4 : dictionary)
        + (size == 0 ? (isSingleSegment ? 1 : 0) : 1 << size);
  }
}
