package localcloud.emr;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Spark that steps run.
 *
 * @param classPath of all its jars, separated as the platform does
 * @param version such as 3.5.9
 * @param folder the folder with its class path and more about it
 */
public record SparkRuntime(String classPath, String version, Path folder) {
  private static final Pattern CORE = Pattern.compile("spark-core_[0-9.]+-([0-9][^/\\\\]*)\\.jar");
  private static final int FIRST_JAVA_WITHOUT_SUBJECT = 24;

  /**
   * Reads the class path that the module {@code local-cloud/spark} wrote.
   *
   * @throws IOException if the file, or Spark in it, is missing, or that Spark cannot run on this
   *     JVM; says the way out
   */
  public static SparkRuntime load(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "Cannot run Spark: " + file + " does not exist; build the module local-cloud/spark");
    }
    String classPath = Files.readString(file).strip();
    Matcher core = CORE.matcher(classPath);
    if (!core.find()) {
      throw new IOException("Cannot run Spark: " + file + " names no spark-core jar");
    }
    SparkRuntime runtime =
        new SparkRuntime(classPath, core.group(1), file.toAbsolutePath().getParent());
    if (runtime.version.startsWith("3.")
        && Runtime.version().feature() >= FIRST_JAVA_WITHOUT_SUBJECT) {
      throw new IOException(
          "Cannot run Spark %s on Java %d: build the module local-cloud/spark with this Java"
              .formatted(runtime.version, Runtime.version().feature()));
    }
    for (String jar : classPath.split(Pattern.quote(File.pathSeparator), -1)) {
      if (!Files.isReadable(Path.of(jar))) {
        throw new IOException(
            "Cannot run Spark: " + jar + " is gone; build the module local-cloud/spark again");
      }
    }
    return runtime;
  }
}
