package localcloud.emr;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The Python that runs PySpark's programs: Spark's jars contain neither Python nor its half of
 * PySpark.
 *
 * @param program as Spark chooses it
 * @param sparkVersion such as 3.5.9
 * @see <a href="https://spark.apache.org/docs/latest/configuration.html">Spark Configuration,
 *     PYSPARK_DRIVER_PYTHON and PYSPARK_PYTHON</a>
 */
record Python(String program, String sparkVersion) {

  private static final String DEFAULT = "python3";
  private static final long PATIENCE_SECONDS = 60;

  /** The Python of a process with this environment. */
  static Python of(Map<String, String> environment, String sparkVersion) {
    String program = environment.getOrDefault("PYSPARK_PYTHON", DEFAULT);
    return new Python(environment.getOrDefault("PYSPARK_DRIVER_PYTHON", program), sparkVersion);
  }

  /** Why it cannot run PySpark programs, and the way out; empty if it can. */
  Optional<String> lacking() {
    return found().map(this::wayOut);
  }

  private Optional<String> found() {
    Process process;
    try {
      process =
          new ProcessBuilder(program, "-c", "import pyspark; print(pyspark.__version__)")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return Optional.of("there is no " + program);
    }
    try {
      process.getOutputStream().close();
      String version =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        return Optional.of(program + " has no such package");
      }
      return line(version).equals(line(sparkVersion))
          ? Optional.empty()
          : Optional.of("%s has version %s".formatted(program, version));
    } catch (IOException e) {
      return Optional.of("%s cannot be asked (%s)".formatted(program, e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("the stand-in was stopped");
    } finally {
      process.destroyForcibly();
    }
  }

  private String wayOut(String found) {
    return "PySpark needs python3 with the package pyspark==%1$s, and %2$s; install it, for instance with python3 -m pip install pyspark==%1$s, or name another Python in PYSPARK_PYTHON"
        .formatted(sparkVersion, found);
  }

  /** The line 3.5 of 3.5.9: within one line both halves are compatible. */
  private static String line(String version) {
    return version.replaceAll("^([0-9]+[.][0-9]+).*", "$1");
  }
}
