package sparkjob.landed;

import contract.InputFormat;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import sparkjob.failure.JobFailure;

/**
 * The bytes of a landed object, decompressed. Distinguishes failures of the storage from those of
 * the content: only the latter are the data's fault.
 */
final class ObjectStream extends FilterInputStream {

  private ObjectStream(InputStream in) {
    super(in);
  }

  /** The storage failed, not the object. */
  static final class StorageException extends IOException {
    StorageException(IOException cause) {
      super(cause);
    }
  }

  /**
   * Opens an object from a byte on.
   *
   * @throws JobFailure if the object is gone
   */
  static InputStream open(String uri, long from, Configuration hadoop) throws IOException {
    InputStream in = stored(uri, from, hadoop);
    Compression compression = Compression.of(uri);
    if (compression == Compression.NONE && from == 0) {
      PushbackInputStream whole = new PushbackInputStream(in, Compression.HEAD);
      byte[] head = whole.readNBytes(Compression.HEAD);
      whole.unread(head);
      in = whole;
      compression = Compression.of(head);
    }
    return compression == Compression.NONE ? in : compression.decompressed(in, hadoop);
  }

  /** Whether an object must be read from its beginning, whatever its name is. */
  static boolean isCompressed(String uri, Configuration hadoop) throws IOException {
    try (InputStream in = stored(uri, 0, hadoop)) {
      return Compression.of(in.readNBytes(Compression.HEAD)) != Compression.NONE;
    }
  }

  private static InputStream stored(String uri, long from, Configuration hadoop)
      throws IOException {
    try {
      Path path = new Path(uri);
      FSDataInputStream stored = path.getFileSystem(hadoop).open(path);
      stored.seek(from);
      return new ObjectStream(stored);
    } catch (FileNotFoundException e) {
      throw gone(uri);
    }
  }

  /**
   * The failure of an object whose content cannot be read, or the exception itself if it is the
   * storage that failed.
   *
   * @param e what reading threw
   */
  static JobFailure unreadable(String uri, InputFormat format, IOException e) throws IOException {
    if (e instanceof StorageException) {
      throw e;
    }
    String as = format.word() + Compression.of(uri).phrase();
    return JobFailure.data(
        "Cannot read %s as %s: %s".formatted(uri, as, e.getMessage()), List.of(uri));
  }

  /** The failure of an object that a manifest names and that does not exist. */
  static JobFailure gone(String uri) {
    return JobFailure.data("The object " + uri + " does not exist (any more)", List.of(uri));
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw new StorageException(e);
    }
  }
}
