package localcloud.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The demo's command line.
 *
 * @param pipeline which one is shown
 * @param file what to land instead of the iris data set, of the same shape
 * @param stay keep serving after the run
 * @param terminal the output is a terminal: one line may be written over
 * @param facts where to write what was measured, as properties
 */
record DemoOptions(
    DemoPipeline pipeline,
    Optional<Path> file,
    boolean stay,
    boolean terminal,
    Optional<Path> facts) {

  static final String USAGE =
      """
      Usage: ./demo.sh [--pipeline P] [--file F] [--stay] [--facts P]
        --pipeline P  iris (default): a file lands; iris-dag: the run is started, and its cluster fetches the file
        --file F   land that file instead of the iris data set; same shape: four numbers and a class, no header
        --stay     keep serving until Ctrl-C
        --facts P  write what was measured to that file, as properties\
      """;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException names the option and what is wrong with it
   */
  static DemoOptions parse(String... args) {
    DemoPipeline pipeline = DemoPipeline.IRIS;
    Optional<Path> file = Optional.empty();
    Optional<Path> facts = Optional.empty();
    boolean stay = false;
    boolean terminal = false;
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--pipeline" -> pipeline = DemoPipeline.named(value(args, ++i));
        case "--file" -> file = Optional.of(path(args, ++i));
        case "--facts" -> facts = Optional.of(given(args, ++i));
        case "--stay" -> stay = true;
        case "--terminal" -> terminal = true;
        default -> throw new IllegalArgumentException("there is no option " + args[i]);
      }
    }
    return new DemoOptions(pipeline, file, stay, terminal, facts);
  }

  private static Path path(String[] args, int at) {
    Path file = given(args, at);
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new IllegalArgumentException(
          args[at - 1] + " " + file + " is not a file that can be read");
    }
    return file;
  }

  /** A path as the user meant it, who may stand in another folder than this process. */
  private static Path given(String[] args, int at) {
    return Path.of(System.getProperty("demo.from", "")).resolve(value(args, at));
  }

  private static String value(String[] args, int at) {
    if (at >= args.length) {
      throw new IllegalArgumentException(args[at - 1] + " wants a value");
    }
    return args[at];
  }
}
