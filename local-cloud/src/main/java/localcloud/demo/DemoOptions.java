package localcloud.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The demo's command line.
 *
 * @param config a service's configuration whose pipelines are shown instead of iris
 * @param pipeline which one is shown; otherwise the first
 * @param file what to land instead of the iris data set
 * @param stay keep serving after the run
 * @param terminal whether the output is a terminal, in which one line may be overwritten
 * @param facts where to write what was measured, as properties
 */
record DemoOptions(
    Optional<Path> config,
    Optional<String> pipeline,
    Optional<Path> file,
    boolean stay,
    boolean terminal,
    Optional<Path> facts) {

  static final String USAGE =
      """
      Usage: ./demo.sh [--config C] [--pipeline P] [--file F] [--stay] [--facts P]
        --config C    pipelines of yours, as the service reads them, instead of iris; what they name is made in the stand-ins
        --pipeline P  the one to show: iris (default) takes a file that lands, iris-dag is started, and its cluster fetches the file
        --file F      land that file; for iris: four numbers and a class, no header
        --stay        keep serving until Ctrl-C
        --facts P     write what was measured to that file, as properties\
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException names the option and what is wrong with it
   */
  static DemoOptions parse(String... args) {
    Optional<Path> config = Optional.empty();
    Optional<String> pipeline = Optional.empty();
    Optional<Path> file = Optional.empty();
    Optional<Path> facts = Optional.empty();
    boolean stay = false;
    boolean terminal = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--config" -> config = Optional.of(path(args, ++i));
        case "--pipeline" -> pipeline = Optional.of(value(args, ++i));
        case "--file" -> file = Optional.of(path(args, ++i));
        case "--facts" -> facts = Optional.of(given(args, ++i));
        case "--stay" -> stay = true;
        case "--terminal" -> terminal = true;
        default -> throw new IllegalArgumentException("there is no option " + args[i]);
      }
    }
    return new DemoOptions(config, pipeline, file, stay, terminal, facts);
  }

  private static Path path(String[] args, int at) {
    Path file = given(args, at);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          args[at - 1] + " " + file + " is not a file that can be read");
    }
    return file;
  }

  /** A path relative to the user's working directory, which may differ from this process's. */
  private static Path given(String[] args, int at) {
    return Path.of(System.getProperty("demo.from", "")).resolve(value(args, at));
  }

  private static String value(String[] args, int at) {
    if (at >= args.length) {
      throw new IllegalArgumentException(args[at - 1] + " needs a value");
    }
    return args[at];
  }
}
