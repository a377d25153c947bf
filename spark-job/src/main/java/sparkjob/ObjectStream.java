package sparkjob;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.GzipCodec;

/**
 * The bytes of a landed object, decompressed. Failures of the storage are told apart from those of
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
   * Opens the object of a split, from the split's start on.
   *
   * @throws JobFailure if the object is gone
   */
  static InputStream open(Split split, long from, Configuration hadoop) throws IOException {
    FSDataInputStream stored;
    try {
      Path path = new Path(split.uri());
      stored = path.getFileSystem(hadoop).open(path);
    } catch (FileNotFoundException e) {
      throw gone(split.uri());
    }
    stored.seek(from);
    InputStream in = new ObjectStream(stored);
    if (!split.isGzip()) {
      return in;
    }
    // An empty object has no rows; gzip's codec would miss its header.
    int first = in.read();
    if (first < 0) {
      return in;
    }
    GzipCodec gzip = new GzipCodec();
    gzip.setConf(hadoop);
    byte[] head = {(byte) first};
    return gzip.createInputStream(new SequenceInputStream(new ByteArrayInputStream(head), in));
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
