package localcloud.emr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A step's files on this machine: its three logs, which stay and can be followed while it runs, and
 * its working files, which are deleted after its end.
 */
record StepFolder(Path path) {
  /** The logs that EMR keeps of a step, named as their files. */
  enum Log {
    CONTROLLER,
    STDERR,
    STDOUT;

    String fileName() {
      return switch (this) {
        case CONTROLLER -> "controller";
        case STDERR -> "stderr";
        case STDOUT -> "stdout";
      };
    }
  }

  static StepFolder create(Path data, String clusterId, String stepId) throws IOException {
    StepFolder folder = new StepFolder(data.resolve("emr").resolve(clusterId).resolve(stepId));
    Files.createDirectories(folder.work());
    Files.createDirectories(folder.configuration());
    return folder;
  }

  Path log(Log log) {
    return path.resolve(log.fileName());
  }

  /** The names of the classes that a Spark step has loaded, if it was asked for them. */
  Path classes() {
    return path.resolve("classes");
  }

  /** Working and temporary directory. */
  Path work() {
    return path.resolve("work");
  }

  Path configuration() {
    return work().resolve("conf");
  }

  void deleteWork() {
    try (Stream<Path> files = Files.walk(work())) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot delete " + work(), e);
    }
  }
}
