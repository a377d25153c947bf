package architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmarks are compiled when they are run, and must not rot until then. */
class BenchmarksTest {

  private static final Path BENCHMARKS = Path.of("bench/java");

  @Test
  void every_benchmark_compiles_against_the_service_and_the_stand_ins(@TempDir Path classes)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      boolean compiles =
          compiler
              .getTask(
                  said,
                  files,
                  null,
                  List.of("-proc:none", "-cp", classPath(), "-d", classes.toString()),
                  null,
                  files.getJavaFileObjectsFromPaths(javaBelow(BENCHMARKS)))
              .call();

      assertThat(compiles).as(said.toString()).isTrue();
    }
  }

  @Test
  void no_benchmark_is_in_a_package_of_the_service_or_of_the_stand_ins() throws IOException {
    assertThat(javaBelow(BENCHMARKS))
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(BENCHMARKS.relativize(file).getParent()).hasToString("bench"));
  }

  private static String classPath() throws IOException {
    Path cloud = Path.of("local-cloud/target");
    try (Stream<Path> libraries = Files.list(cloud.resolve("lib"))) {
      return Stream.concat(
              Stream.of(System.getProperty("java.class.path"), cloud.resolve("local-cloud.jar")),
              libraries)
          .map(Object::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  private static List<Path> javaBelow(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    }
  }
}
