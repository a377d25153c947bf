package architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A route file is Camel's DSL and nothing else: what decides, remembers, logs or asks for the time
 * is an action. ArchUnit sees no statements, so this reads the text.
 */
class RouteFilesTest {

  private static final Path ROUTES = Path.of("src/main/java/routes");

  private static final Pattern LOGIC =
      Pattern.compile(
          "\\b(?:if|for|while|switch|try)\\s*[({]|\\s\\?\\s|\\bnew (?:Hash|Array|Linked|Atomic|Concurrent)");
  private static final Pattern STATE =
      Pattern.compile("(?m)^  private (?!static final |final )\\w+(?:<.*>)? \\w+(?: =.*)?;");
  private static final Pattern SHELL = Pattern.compile("\\b(?:Clock|Logger|Instant)\\b");

  static Stream<Path> routeFiles() throws IOException {
    try (Stream<Path> files = Files.list(ROUTES)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith("Routes.java"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @Test
  void the_story_has_eight_chapters() throws IOException {
    assertThat(routeFiles().map(file -> file.getFileName().toString().replace("Routes.java", "")))
        .containsExactly(
            "Batch", "Cluster", "Housekeeping", "Landing", "Result", "Run", "Staging", "Warehouse");
  }

  @ParameterizedTest
  @MethodSource("routeFiles")
  void a_route_file_decides_nothing_and_remembers_nothing(Path file) throws IOException {
    assertThat(broken(Files.readString(file))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "  if (run.isOpen()) {",
        "    return done ? tick() : direct(\"x\");",
        "  private int count;",
        "  private Map<String, Run> seen = new HashMap<>();",
        "  private final Clock clock;",
        "  private static final Logger LOG = Logger.getLogger(Routes.class);"
      })
  void a_planted_violation_is_caught(String line) {
    assertThat(broken("class Routes {\n" + line + "\n}")).isNotEmpty();
  }

  private static List<String> broken(String text) {
    String code = text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "");
    return Stream.of(LOGIC, STATE, SHELL)
        .flatMap(rule -> rule.matcher(code).results())
        .map(found -> found.group().strip())
        .toList();
  }
}
