package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which package knows which. */
class PackagesTest {
  private static final Path SOURCES = Path.of("src", "main", "java");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?(sparkjob(?:\\.[a-z]+)*)\\.[A-Z]", Pattern.MULTILINE);

  @Test
  void packages_know_each_other_in_one_direction_only() throws IOException {
    Map<String, Set<String>> known = new TreeMap<>();
    for (Path source : sources()) {
      String from = SOURCES.relativize(source.getParent()).toString().replace('/', '.');
      Set<String> imported = known.computeIfAbsent(from, any -> new TreeSet<>());
      Matcher matcher = IMPORT.matcher(Files.readString(source));
      while (matcher.find()) {
        imported.add(matcher.group(1));
      }
    }

    assertThat(known)
        .containsOnly(
            Map.entry("sparkjob.failure", Set.of()),
            Map.entry("sparkjob.cluster", Set.of("sparkjob.failure")),
            Map.entry("sparkjob.text", Set.of("sparkjob.failure")),
            Map.entry(
                "sparkjob.landed", Set.of("sparkjob.cluster", "sparkjob.failure", "sparkjob.text")),
            Map.entry(
                "sparkjob", Set.of("sparkjob.cluster", "sparkjob.failure", "sparkjob.landed")));
  }

  private static List<Path> sources() throws IOException {
    try (Stream<Path> paths = Files.walk(SOURCES)) {
      return paths.filter(path -> path.toString().endsWith(".java")).toList();
    }
  }
}
