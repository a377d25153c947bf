package localcloud.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A client that is a Python package: one of the folders {@code target/python/<client>} that pip's
 * {@code --target} filled, or what the machine's {@code python3} has itself.
 *
 * @param name for the tests' display
 * @param packages what goes before PYTHONPATH; empty for the machine's own
 */
public record PythonClient(String name, Optional<Path> packages) {
  private static final Path FOLDERS = Path.of("..", "target", "python");
  private static final long PATIENCE_SECONDS = 120;

  /**
   * Every installation that has the module; the test is skipped, with the reason, where there is
   * none.
   */
  public static List<PythonClient> having(String module) throws IOException, InterruptedException {
    List<PythonClient> candidates = new ArrayList<>();
    if (Files.isDirectory(FOLDERS)) {
      try (Stream<Path> folders = Files.list(FOLDERS)) {
        folders
            .sorted()
            .map(folder -> new PythonClient(folder.getFileName().toString(), Optional.of(folder)))
            .forEach(candidates::add);
      }
    }
    List<PythonClient> found = new ArrayList<>();
    for (PythonClient candidate : candidates) {
      if (candidate.has(module)) {
        found.add(candidate);
      }
    }
    PythonClient own = new PythonClient("the machine's own", Optional.empty());
    if (found.isEmpty() && own.has(module)) {
      found.add(own);
    }
    Assumptions.assumeFalse(
        found.isEmpty(),
        "python3 has no module "
            + module
            + "; .ci/run installs it, or: python3 -m pip install --target target/python/NAME …");
    return found;
  }

  private boolean has(String module) throws InterruptedException {
    try {
      return start(Map.of(), List.of("-c", "import " + module)).waitFor() == 0;
    } catch (IOException e) {
      // There is no python3 at all.
      return false;
    }
  }

  /** Runs a script of {@code src/test/resources/clients} and returns what it printed. */
  public String run(String script, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return run(
        environment,
        Stream.concat(Stream.of("src/test/resources/clients/" + script), Stream.of(arguments))
            .toList());
  }

  /** Runs {@code python3 -m module arguments…} and returns what it printed. */
  public String runModule(String module, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return run(environment, Stream.concat(Stream.of("-m", module), Stream.of(arguments)).toList());
  }

  private String run(Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    Process process = start(environment, arguments);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as(output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output;
  }

  private Process start(Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    packages.ifPresent(
        folder ->
            builder
                .environment()
                .merge(
                    "PYTHONPATH",
                    folder.toAbsolutePath().normalize().toString(),
                    (inherited, ours) -> ours + File.pathSeparator + inherited));
    return builder.start();
  }

  @Override
  public String toString() {
    return name;
  }
}
