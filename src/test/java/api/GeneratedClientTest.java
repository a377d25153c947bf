package api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.Run;
import run.RunId;
import store.RunStore;

/**
 * A client that openapi-generator makes of the API's description; `-Pfull` brings the generator.
 */
@QuarkusTest
@TestProfile(ApiProfile.class)
@Tag("full")
class GeneratedClientTest {

  private static final Path GENERATOR = Path.of("target/openapi-generator/cli.jar");
  private static final Instant THEN = Instant.parse("2018-01-01T00:00:00Z");

  private static final String CALL =
      """
      package client;

      public class ListRuns {
        public static java.util.List<String> of(String pipeline, String service) throws Exception {
          ApiClient http = new ApiClient();
          http.updateBaseUri(service);
          return new client.api.RunsApi(http)
              .listRuns(null, null, 10, pipeline, null, null, null, null, null).stream()
              .map(run -> run.getId() + " " + run.getState() + " " + run.getObjects())
              .toList();
        }
      }
      """;

  @TestHTTPResource("/")
  URI service;

  @Inject RunStore runs;

  @Test
  void a_client_generated_from_the_description_compiles_and_lists_runs(@TempDir Path folder)
      throws Exception {
    RunId run = RunId.create(THEN, 1);
    runs.collect(Run.collected(run, "client", THEN, 0, 0), List.of());
    generate(folder);
    Path classes = compile(folder);

    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, Thread.currentThread().getContextClassLoader())) {
      Object listed =
          loader
              .loadClass("client.ListRuns")
              .getMethod("of", String.class, String.class)
              .invoke(null, "client", service.toString().replaceAll("/$", ""));

      assertThat(listed).isEqualTo(List.of(run + " COLLECTED 0"));
    }
  }

  private static void generate(Path folder) throws IOException, InterruptedException {
    Process generator =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                GENERATOR.toString(),
                "generate",
                "-i",
                "docs/openapi.json",
                "-g",
                "java",
                "--library",
                "native",
                "--invoker-package",
                "client",
                "--api-package",
                "client.api",
                "--model-package",
                "client.model",
                "--additional-properties",
                "openApiNullable=false,useJakartaEe=true",
                "-o",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("generator.log").toFile())
            .start();
    assertThat(generator.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(generator.exitValue())
        .as(Files.readString(folder.resolve("generator.log")))
        .isZero();
  }

  private static Path compile(Path folder) throws IOException {
    Path sources = folder.resolve("src/main/java");
    Files.writeString(sources.resolve("client/ListRuns.java"), CALL);
    Path classes = Files.createDirectory(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter problems = new StringWriter();
    List<Path> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(sources);
        StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      all.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
      boolean isCompiled =
          compiler
              .getTask(
                  problems,
                  manager,
                  null,
                  List.of("-proc:none", "-nowarn", "-d", classes.toString()),
                  null,
                  manager.getJavaFileObjectsFromPaths(files))
              .call();
      assertThat(isCompiled).as(problems.toString()).isTrue();
    }
    return classes;
  }
}
