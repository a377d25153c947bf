package sparkjob.cluster;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import scala.Tuple2;
import sparkjob.failure.JobFailure;

/**
 * The job's access to storage, besides reading rows and writing Parquet. Each URI goes to the file
 * system that the cluster has for its scheme: EMR brings its own for {@code s3}.
 */
public record Storage(Configuration hadoop) {
  /** Enough to hide the latency of a store that answers in tens of milliseconds. */
  private static final int CONCURRENT_CALLS = 16;

  /** Storage as spark-submit configures it, for reading before there is a session. */
  public static Storage beforeSpark() {
    Configuration hadoop = new Configuration();
    for (Tuple2<String, String> setting : new SparkConf().getAllWithPrefix("spark.hadoop.")) {
      hadoop.set(setting._1(), setting._2());
    }
    return new Storage(hadoop);
  }

  /** The whole text of a small object. */
  public String read(String uri) throws IOException {
    Path path = new Path(uri);
    try (var in = fileSystem(path).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The first bytes of an object, at most that many. */
  public byte[] readAtMost(String uri, int bytes) throws IOException {
    Path path = new Path(uri);
    try (var in = fileSystem(path).open(path)) {
      return in.readNBytes(bytes);
    }
  }

  /** Creates or replaces an object. */
  public void write(String uri, String text) throws IOException {
    Path path = new Path(uri);
    try (OutputStream out = fileSystem(path).create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Deletes an object, or a prefix with everything under it; does nothing if there is none. */
  public void delete(String uri) throws IOException {
    Path path = new Path(uri);
    fileSystem(path).delete(path, true);
  }

  /** The files directly under a prefix. */
  public List<FileStatus> list(String uri) throws IOException {
    Path path = new Path(uri);
    try {
      return List.of(fileSystem(path).listStatus(path));
    } catch (FileNotFoundException e) {
      return List.of();
    }
  }

  /** The file system that a path belongs to, set up for writing. */
  public FileSystem fileSystem(Path path) throws IOException {
    FileSystem fileSystem = path.getFileSystem(hadoop);
    // Hadoop's local file system would leave a .crc file beside each file; others ignore this.
    fileSystem.setWriteChecksum(false);
    return fileSystem;
  }

  /** A call to storage with a result. */
  @FunctionalInterface
  public interface Call<A, B> {
    /** Makes the call. */
    B of(A argument) throws IOException;
  }

  /** Makes one call for each argument, several at once; the results are in the arguments' order. */
  public static <A, B> List<B> forEach(List<A> arguments, Call<A, B> call) throws IOException {
    ExecutorService threads =
        Executors.newFixedThreadPool(Math.max(1, Math.min(CONCURRENT_CALLS, arguments.size())));
    try {
      List<Callable<B>> calls = new ArrayList<>();
      for (A argument : arguments) {
        calls.add(() -> call.of(argument));
      }
      List<B> results = new ArrayList<>();
      for (Future<B> result : threads.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof JobFailure failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while waiting for storage", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
