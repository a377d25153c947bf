package localcloud.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A process that ends when this one does, however this one ends: it watches a pipe that closes with
 * us.
 */
public final class Child implements AutoCloseable {

  private static final int LAST_WORDS = 12;
  private static final long PATIENCE_SECONDS = 25;
  private static final long KIB_IN_MIB = 1024;

  /**
   * Ctrl-C reaches every process of the terminal; the tether must outlive it to end its child in
   * good order.
   */
  private static final String TETHER =
      "trap '' INT; \"$@\" </dev/null & child=$!; cat >/dev/null; kill $child; wait $child";

  private final String name;
  private final Path log;
  private final Process process;

  /**
   * Starts the command.
   *
   * @param log where its output goes
   */
  Child(String name, List<String> command, Map<String, String> environment, Path folder, Path log)
      throws IOException {
    this.name = name;
    this.log = log;
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", TETHER, name);
    builder.command().addAll(command);
    builder.environment().putAll(environment);
    this.process =
        builder
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
  }

  /** Whether the command itself still runs. */
  public boolean isAlive() {
    return command().isPresent();
  }

  /** The end of its output. */
  public String lastWords() throws IOException {
    // What a process that was killed has written may end within a character.
    List<String> lines = Files.readString(log, StandardCharsets.ISO_8859_1).lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
  }

  /** Its name in messages. */
  public String name() {
    return name;
  }

  /** The process's memory, in MiB; 0 if the system does not report it. */
  public long residentMib() throws IOException {
    return statusMib("VmRSS:");
  }

  /** The most memory that the process ever used, in MiB; 0 if the system does not report it. */
  public long peakResidentMib() throws IOException {
    return statusMib("VmHWM:");
  }

  private long statusMib(String entry) throws IOException {
    Path status =
        Path.of(
            "/proc", command().map(child -> Long.toString(child.pid())).orElse("none"), "status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith(entry))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / KIB_IN_MIB)
        .findFirst()
        .orElse(0);
  }

  /** The command's own process; empty before it has begun, and once it has ended. */
  public Optional<ProcessHandle> command() {
    return process
        .children()
        .filter(child -> child.info().command().orElse("").contains("java"))
        .findFirst();
  }

  @Override
  public void close() {
    List<ProcessHandle> all = process.descendants().toList();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (IOException e) {
      all.forEach(ProcessHandle::destroyForcibly);
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}
