package sparkjob.landed;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import org.apache.hadoop.security.AccessControlException;
import sparkjob.failure.JobFailure;

/**
 * Why Parquet could not be read: the object is gone, the storage failed, the object has something
 * that this Spark does not support, or its content is damaged.
 */
final class ParquetFailure {

  /**
   * Packages of what file systems throw: the two SDKs of AWS, Hadoop's S3A and the network. EMR's
   * own file system passes on the SDK's exceptions.
   */
  private static final List<String> STORAGE =
      List.of(
          "software.amazon.",
          "com.amazonaws.",
          "org.apache.hadoop.fs.",
          "org.apache.hadoop.net.",
          "java.net.",
          "java.nio.file.",
          "javax.net.ssl.");

  private ParquetFailure() {}

  /** The failure to read an object's footer. */
  static JobFailure ofFooter(String uri, Exception thrown) {
    // Parquet's reader of Thrift throws an IOException where the bytes make no sense.
    boolean isContent =
        !(thrown instanceof IOException)
            || JobFailure.causes(thrown).stream()
                .anyMatch(cause -> cause.getClass().getName().startsWith("shaded.parquet."));
    return isContent
        ? of(uri, thrown, String.valueOf(thrown.getMessage()))
        : of(uri, new StorageException(thrown), "");
  }

  /** The failure to read an object's rows. */
  static JobFailure ofRows(String uri, Throwable thrown) {
    return of(uri, thrown, "its content is damaged: " + root(thrown));
  }

  private static JobFailure of(String uri, Throwable thrown, String damage) {
    List<Throwable> causes = JobFailure.causes(thrown);
    for (Throwable cause : causes) {
      if (cause instanceof JobFailure ours) {
        return ours;
      }
      if (cause instanceof FileNotFoundException) {
        return ObjectStream.gone(uri).causedBy(thrown);
      }
    }
    if (causes.stream().anyMatch(ParquetFailure::isOfStorage)) {
      return JobFailure.internal(
              "Cannot read %s: the storage failed: %s".formatted(uri, root(thrown)))
          .causedBy(thrown);
    }
    String why =
        causes.stream().anyMatch(UnsupportedOperationException.class::isInstance)
            ? "this Spark does not support what is in it: " + root(thrown)
            : damage;
    return JobFailure.data("Cannot read %s as parquet: %s".formatted(uri, why), List.of(uri))
        .causedBy(thrown);
  }

  private static boolean isOfStorage(Throwable cause) {
    String name = cause.getClass().getName();
    return cause instanceof StorageException
        || cause instanceof InterruptedIOException
        || cause instanceof AccessControlException
        || STORAGE.stream().anyMatch(name::startsWith);
  }

  private static String root(Throwable thrown) {
    List<Throwable> causes = JobFailure.causes(thrown);
    return JobFailure.firstLine(causes.get(causes.size() - 1));
  }

  /** An exception that reading bytes, and not making sense of them, threw. */
  private static final class StorageException extends IOException {
    StorageException(Exception cause) {
      super(cause);
    }
  }
}
