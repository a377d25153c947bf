package localcloud.emr;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Spark's classes in the form that a JVM maps instead of reading and verifying them one by one.
 * With it a small step takes half the processor time (measured). The first step that succeeds lists
 * its loaded classes, and a separate process creates the archive from them, once for a class path
 * and a Java. Without an archive steps run normally.
 *
 * @see <a href="https://docs.oracle.com/en/java/javase/17/vm/class-data-sharing.html">Class Data
 *     Sharing</a>
 */
final class SparkArchive implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SparkArchive.class.getName());

  private final SparkRuntime spark;
  private final Path file;
  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile Process making;

  SparkArchive(SparkRuntime spark) {
    this.spark = spark;
    int inputs = Objects.hash(spark.classPath(), System.getProperty("java.vm.version"));
    this.file = spark.folder().resolve("spark-%08x.jsa".formatted(inputs));
  }

  /** Where it is, or will be. */
  Path file() {
    return file;
  }

  /**
   * Options for a JVM whose class path begins with Spark's. The JVM would warn on standard output.
   */
  List<String> options() {
    return Files.exists(file)
        ? List.of("-XX:SharedArchiveFile=" + file, "-Xlog:disable")
        : List.of();
  }

  /** Options for a step that is to list its classes; none if the archive exists. */
  List<String> options(Path classes) {
    return Files.exists(file) ? List.of() : List.of("-XX:DumpLoadedClassList=" + classes);
  }

  /** Creates the archive from a step's list, unless that is done or in progress. */
  void make(Path classes) {
    if (Files.exists(file) || !Files.exists(classes) || !begun.compareAndSet(false, true)) {
      return;
    }
    Path unfinished = classes.resolveSibling("spark.jsa");
    ProcessBuilder builder =
        new ProcessBuilder(
            SparkCommandLine.java(),
            "-Xshare:dump",
            "-Xlog:disable",
            "-XX:SharedClassListFile=" + classes,
            "-XX:SharedArchiveFile=" + unfinished);
    builder.environment().put("CLASSPATH", spark.classPath());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      making = process;
      if (process.waitFor() == 0) {
        keep(unfinished);
      }
    } catch (IOException e) {
      LOG.log(Level.WARNING, "Cannot archive Spark's classes; its steps start slowly", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A move to another file system would not be atomic. */
  private void keep(Path unfinished) throws IOException {
    Path beside = file.resolveSibling(file.getFileName() + "." + ProcessHandle.current().pid());
    Files.move(unfinished, beside, StandardCopyOption.REPLACE_EXISTING);
    Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
  }

  @Override
  public void close() {
    if (making != null) {
      making.destroyForcibly();
    }
  }
}
