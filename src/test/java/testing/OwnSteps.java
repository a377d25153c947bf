package testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * Pipelines whose steps are not the service's: {@code paints} runs a jar of this machine, {@code
 * walls} a step in EMR's own JSON whose jar is {@link #JAR_KEY} in the landing bucket, {@code
 * spoils} a step that writes half a result file, {@code ghosts} a class that the jar does not have.
 */
public class OwnSteps implements QuarkusTestProfile {

  /** Where {@code walls} finds the jar. */
  public static final String JAR_KEY = "code/paint.jar";

  private static final Path SOURCES = Path.of("src/test/resources/steps");

  /** One for each JVM, since several may run tests at once. */
  private static final Path FOLDER =
      Path.of("target", "own-steps", Long.toString(ProcessHandle.current().pid())).toAbsolutePath();

  private static final String STEP =
      """
      {"Name": "paint walls", "ActionOnFailure": "TERMINATE_CLUSTER",
       "HadoopJarStep": {"Jar": "command-runner.jar",
        "Args": ["spark-submit", "--deploy-mode", "cluster", "--class", "Paint",
                 "s3://landing/code/paint.jar", "{manifest}", "{output}", "as text"]}}
      """;

  /** The compiled program. */
  public static Path jar() {
    return FOLDER.resolve("paint.jar");
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    try {
      compile();
      Files.writeString(FOLDER.resolve("step.json"), STEP);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = new HashMap<>();
    for (String name : List.of("paints", "walls", "spoils", "ghosts")) {
      String prefix = "pipelines." + name + ".";
      settings.put(prefix + "landing.bucket", "landing");
      settings.put(prefix + "landing.poll", "1s");
      settings.put(prefix + "batch.max-wait", "0s");
      settings.put(prefix + "curated.bucket", "curated");
      settings.put(prefix + "curated.partition-by", "colour");
      settings.put(prefix + "warehouse.database", "S3_TO_SNOWFLAKE");
      settings.put(prefix + "warehouse.table", name);
      settings.put(prefix + "warehouse.manage", "everything");
    }
    settings.put("pipelines.paints.steps.1.jar", jar().toString());
    settings.put("pipelines.paints.steps.1.class", "Paint");
    settings.put("pipelines.paints.steps.1.args", "{manifest} {output}");
    settings.put("pipelines.spoils.steps.1.jar", jar().toString());
    settings.put("pipelines.spoils.steps.1.class", "Spoil");
    settings.put("pipelines.spoils.steps.1.args", "{result}");
    settings.put("pipelines.ghosts.steps.1.jar", jar().toString());
    settings.put("pipelines.ghosts.steps.1.class", "Absent");
    settings.put("pipelines.ghosts.steps.1.args", "{output}");
    settings.put("pipelines.walls.steps.1.request", FOLDER.resolve("step.json").toString());
    return settings;
  }

  /** Makes {@link #jar()}, with Spark's class path, which this module does not have. */
  static void compile() throws IOException {
    Path classes = Files.createDirectories(FOLDER.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options =
          List.of(
              "-classpath",
              Files.readString(Path.of("local-cloud/spark/target/spark.classpath")).strip(),
              "-d",
              classes.toString());
      boolean compiled =
          compiler
              .getTask(
                  null,
                  files,
                  null,
                  options,
                  null,
                  files.getJavaFileObjects(
                      SOURCES.resolve("Paint.java"), SOURCES.resolve("Spoil.java")))
              .call();
      if (!compiled) {
        throw new IOException("Cannot compile the Spark program");
      }
    }
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(jar()), new Manifest());
        Stream<Path> all = Files.list(classes)) {
      for (Path file : new ArrayList<>(all.toList())) {
        jar.putNextEntry(new JarEntry(file.getFileName().toString()));
        Files.copy(file, jar);
      }
    }
  }
}
