package localcloud.emr;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.emr.model.Configuration;

/**
 * The JVM that runs a step, and Spark's and Hadoop's settings in it. The settings are defaults: the
 * cluster's {@code Configurations} and the step's own {@code --conf} take precedence.
 */
final class SparkCommandLine {
  private static final String DEFAULT_DRIVER_MEMORY = "1g";

  /**
   * The first compiler only. Spark's start is mostly code that runs a few times, and on two cores
   * the second compiler competes with it: a trivial step takes about half the time, and one that
   * reads three million rows takes no longer (measured). A step's own {@code
   * spark.driver.extraJavaOptions} can say {@code -XX:TieredStopAtLevel=4}.
   */
  private static final String QUICK_START = "-XX:TieredStopAtLevel=1";

  /** The packages that Spark's own scripts open on Java 17 and newer. */
  private static final List<String> OPENED =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "jdk.internal.ref",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  private final SparkRuntime spark;
  private final URI s3;
  private final SparkArchive archive;
  private final Path launcher;
  private final AwsCli cli;

  /**
   * Lays out what every step needs.
   *
   * @param home a folder for this class's own use
   */
  SparkCommandLine(SparkRuntime spark, URI s3, Path home) throws IOException {
    this.spark = spark;
    this.archive = new SparkArchive(spark);
    this.s3 = s3;
    this.launcher = home.resolve("launcher");
    this.cli = new AwsCli(s3, home.resolve("bin"));
    extractStepProcess();
  }

  /** A copy of one class, because the stand-in's own jars must not meet Spark's on a class path. */
  private void extractStepProcess() throws IOException {
    String resource = StepProcess.class.getName().replace('.', '/') + ".class";
    Path target = launcher.resolve(resource);
    Files.createDirectories(target.getParent());
    try (InputStream in = StepProcess.class.getClassLoader().getResourceAsStream(resource)) {
      Files.write(target, in.readAllBytes());
    }
  }

  ProcessBuilder sparkSubmit(
      StepCommand.SparkSubmit command, List<Configuration> configurations, StepFolder folder)
      throws IOException {
    Map<String, String> settings = sparkSettings(configurations, folder);
    writeConfiguration(settings, configurations, folder);
    String memory = settings.getOrDefault(StepWords.DRIVER_MEMORY, DEFAULT_DRIVER_MEMORY);
    List<String> words = new ArrayList<>(List.of(java()));
    words.add("-Xmx" + command.driverMemory().orElse(memory));
    words.add(QUICK_START);
    words.addAll(archive.options());
    words.add("-XX:+IgnoreUnrecognizedVMOptions");
    OPENED.forEach(name -> words.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
    words.add("--add-modules=jdk.incubator.vector");
    words.add("--enable-native-access=ALL-UNNAMED");
    words.add("--sun-misc-unsafe-memory-access=allow");
    words.add("-Djdk.reflect.useDirectMethodHandle=false");
    words.add("-Dio.netty.tryReflectionSetAccessible=true");
    words.add("-Djava.io.tmpdir=" + folder.work());
    words.addAll(
        command.driverJavaOptions().isEmpty()
            ? StepWords.javaOptions(settings.getOrDefault(StepWords.DRIVER_JAVA_OPTIONS, ""))
            : command.driverJavaOptions());
    words.addAll(List.of(StepProcess.class.getName(), "main"));
    words.add("org.apache.spark.deploy.SparkSubmit");
    words.addAll(command.arguments());
    return process(words, classPath(folder), folder);
  }

  ProcessBuilder program(List<String> command, StepFolder folder) {
    List<String> words = new ArrayList<>(List.of(java(), "-Xmx32m", "-XX:TieredStopAtLevel=1"));
    words.addAll(List.of(StepProcess.class.getName(), "exec"));
    words.addAll(command);
    ProcessBuilder process = process(words, launcher.toString(), folder);
    cli.addTo(process.environment());
    return process;
  }

  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Spark's comes first, because its archive is for class paths that begin with it. */
  private String classPath(StepFolder folder) {
    return Stream.of(spark.classPath(), launcher, folder.configuration())
        .map(Object::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private ProcessBuilder process(List<String> words, String classPath, StepFolder folder) {
    ProcessBuilder process = new ProcessBuilder(words).directory(folder.work().toFile());
    Map<String, String> environment = process.environment();
    environment.keySet().removeIf(name -> name.startsWith("SPARK_") || name.startsWith("HADOOP_"));
    environment.put("CLASSPATH", classPath);
    environment.put("SPARK_CONF_DIR", folder.configuration().toString());
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("HADOOP_USER_NAME", "hadoop");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    return process
        .redirectOutput(folder.log(StepFolder.Log.STDOUT).toFile())
        .redirectError(folder.log(StepFolder.Log.STDERR).toFile());
  }

  private static Map<String, String> sparkSettings(
      List<Configuration> configurations, StepFolder folder) {
    Map<String, String> spark = new LinkedHashMap<>();
    spark.put("spark.ui.enabled", "false");
    spark.put("spark.driver.host", "127.0.0.1");
    spark.put("spark.driver.bindAddress", "127.0.0.1");
    spark.put("spark.local.dir", folder.work().toString());
    spark.put("spark.sql.warehouse.dir", folder.work().resolve("warehouse").toUri().toString());
    spark.putAll(classified("spark-defaults", configurations));
    return spark;
  }

  private void writeConfiguration(
      Map<String, String> spark, List<Configuration> configurations, StepFolder folder)
      throws IOException {
    Path conf = folder.configuration();
    Files.write(
        conf.resolve("spark-defaults.conf"),
        spark.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
    Map<String, String> core = hadoop(folder);
    core.putAll(classified("core-site", configurations));
    Files.writeString(conf.resolve("core-site.xml"), xml(core));
  }

  private static Map<String, String> classified(
      String classification, List<Configuration> configurations) {
    Map<String, String> properties = new LinkedHashMap<>();
    configurations.stream()
        .filter(configuration -> classification.equals(configuration.classification()))
        .forEach(configuration -> properties.putAll(configuration.properties()));
    return properties;
  }

  /**
   * {@code s3://} is EMR's own file system there and S3A here. The committer's algorithm 2 shows a
   * task's files when the task commits, which is what EMR's own committer for S3 does.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-spark-s3-optimized-committer.html">Use
   *     the EMRFS S3-optimized committer</a>
   */
  private Map<String, String> hadoop(StepFolder folder) {
    Map<String, String> core = new LinkedHashMap<>();
    core.put("hadoop.tmp.dir", folder.work().toString());
    // The newer line's default takes this folder from a variable, where Hadoop allows no space.
    core.put("fs.s3a.buffer.dir", folder.work().resolve("s3a").toString());
    core.put("fs.s3.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    core.put("fs.s3n.impl", "org.apache.hadoop.fs.s3a.S3AFileSystem");
    core.put("fs.s3a.endpoint", s3.toString());
    core.put("fs.s3a.endpoint.region", "us-east-1");
    core.put("fs.s3a.path.style.access", "true");
    core.put("fs.s3a.connection.ssl.enabled", "false");
    core.put(
        "fs.s3a.aws.credentials.provider",
        "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
    core.put("mapreduce.fileoutputcommitter.algorithm.version", "2");
    return core;
  }

  private static String xml(Map<String, String> properties) {
    return properties.entrySet().stream()
        .map(
            e ->
                "<property><name>%s</name><value>%s</value></property>\n"
                    .formatted(escaped(e.getKey()), escaped(e.getValue())))
        .collect(Collectors.joining("", "<configuration>\n", "</configuration>\n"));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
