package bench;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import localcloud.emr.StandInStep;

/**
 * The Spark job against {@code bench/spark/HandWritten.java}, shape by shape: the same input, the
 * same rows and files out, each as a process like those of the EMR stand-in, in turns.
 */
final class SparkRatio {

  private static final Path FOLDER = Path.of("target", "bench", "spark").toAbsolutePath();
  private static final Path JOB_JAR = Path.of("spark-job/target/spark-job.jar").toAbsolutePath();
  private static final Path SPARK_CLASS_PATH = Path.of("local-cloud/spark/target/spark.classpath");
  private static final Path HAND_WRITTEN = Path.of("bench/spark/HandWritten.java");
  private static final int FEW_ROWS = 1_000;
  private static final double FLOOR = 1.10;

  /**
   * Both of the JVM's compilers, as on EMR; the stand-in starts its steps with the first one only.
   */
  private static final String FULL_JIT = "--full-jit";

  private static final List<String> SETTINGS =
      List.of(
          // Hadoop's own local file system keeps a checksum file beside each file, which S3 does
          // not, and which the job turns off.
          "--conf",
          "spark.hadoop.fs.file.impl=org.apache.hadoop.fs.RawLocalFileSystem",
          // The job sets these two itself; they are part of what a column means.
          "--conf",
          "spark.sql.session.timeZone=UTC",
          "--conf",
          "spark.sql.parquet.outputTimestampType=TIMESTAMP_MICROS");

  private final Report report;
  private final int files;
  private final List<String> sparkSubmit = new ArrayList<>(List.of("spark-submit"));
  private final Path handWrittenJar = FOLDER.resolve("hand-written.jar");
  private int steps;

  private SparkRatio(Report report, Options options) {
    this.report = report;
    this.files = options.number("--files");
    sparkSubmit.addAll(SETTINGS);
    if (options.has(FULL_JIT)) {
      sparkSubmit.addAll(
          List.of("--conf", "spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=4"));
    }
  }

  public static void main(String[] args) throws IOException, InterruptedException, SQLException {
    // As many files as cores, so that both write what a task has read without a shuffle.
    int cores = Runtime.getRuntime().availableProcessors();
    Set<String> flags = new HashSet<>(Set.of(FULL_JIT));
    Stream.of(Shape.values()).map(Shape::option).forEach(flags::add);
    Options options =
        new Options(
            args,
            Map.of("--rows", 5_000_000, "--pairs", 3, "--files", cores),
            Map.of("--rows", 20_000, "--pairs", 1),
            flags);
    List<Shape> shapes = shapes(options);
    for (Shape shape : shapes) {
      if (shape.rows(options.number("--rows")) < FEW_ROWS) {
        Options.refuse("--rows gives %s fewer than %d".formatted(shape.label(), FEW_ROWS));
      }
    }
    deleteTree(FOLDER);
    Files.createDirectories(FOLDER);
    Thread cleanUp = new Thread(SparkRatio::deleteData, "bench-clean-up");
    Runtime.getRuntime().addShutdownHook(cleanUp);
    Report report = new Report("spark", options);
    try {
      new SparkRatio(report, options)
          .compare(shapes, options.number("--rows"), options.number("--pairs"));
    } catch (Failure e) {
      e.end();
    }
  }

  /** The selected shapes; all if none is selected. */
  private static List<Shape> shapes(Options options) {
    List<Shape> picked =
        Stream.of(Shape.values()).filter(shape -> options.has(shape.option())).toList();
    return picked.isEmpty() ? List.of(Shape.values()) : picked;
  }

  private void compare(List<Shape> shapes, int rows, int pairs)
      throws IOException, InterruptedException, SQLException, Failure {
    compileHandWritten();
    // The first processes find nothing in the page cache and count for nothing.
    new Pairs(shapes.get(0).write(FOLDER.resolve("few"), FEW_ROWS)).run(1);
    List<String> last = new ArrayList<>();
    for (Shape shape : shapes) {
      deleteData();
      double ratio = compare(shape, shape.rows(rows), shape == Shape.IRIS ? pairs : fewer(pairs));
      if (shape == Shape.IRIS) {
        last.add("rows=" + rows);
      }
      last.add(Samples.text(shape.key() + "=%.2f", ratio));
    }
    report.line(
        "Each time both wrote the same rows (compared by DuckDB) into as many files with snappy,"
            + " and the job kept every rejected row.");
    report.end(String.join(" ", last));
  }

  private static int fewer(int pairs) {
    return Math.max(1, pairs - 1);
  }

  private double compare(Shape shape, int rows, int pairs)
      throws IOException, InterruptedException, SQLException, Failure {
    Input few = shape.write(FOLDER.resolve("few"), FEW_ROWS);
    Input many = shape.write(FOLDER.resolve("many"), rows);
    report.line("");
    report.line(
        "%s: %d rows of %d columns, %d of them bad, in %d objects of together %d MiB, into %d files"
            .formatted(
                shape.label(),
                rows,
                many.columns().size(),
                many.badRows(),
                many.files().size(),
                many.size() >> 20,
                files));
    Pairs start = new Pairs(few);
    start.run(pairs);
    Pairs whole = new Pairs(many);
    whole.run(pairs);
    return show(start, whole);
  }

  private double show(Pairs start, Pairs whole) {
    double ratio = whole.job.median() / whole.hand.median();
    double net =
        (whole.job.median() - start.job.median()) / (whole.hand.median() - start.hand.median());
    String verdict = ratio <= FLOOR ? "kept" : "MISSED";
    report.table(
        List.of(
            new String[] {"seconds", "median", "least", "most", ""},
            whole.job.row("the job", "%.2f", ""),
            whole.hand.row("hand-written", "%.2f", ""),
            start.job.row("the job, " + FEW_ROWS + " rows", "%.2f", "mostly Spark's start"),
            start.hand.row("hand-written, " + FEW_ROWS + " rows", "%.2f", ""),
            new String[] {"", "", "", "", ""},
            whole.ratio.row(
                "ratio, pair by pair",
                "%.3f",
                Samples.text("floor: at most %.2f, ", FLOOR) + verdict),
            new String[] {
              "ratio of the medians", Samples.text("%.3f", ratio), "", "", "what the last line says"
            },
            new String[] {
              "the same without the start", Samples.text("%.3f", net), "", "", "for information"
            }));
    return ratio;
  }

  /** Both programs over one input, again and again, the order changing. */
  private final class Pairs {
    final Samples job = new Samples();
    final Samples hand = new Samples();
    final Samples ratio = new Samples();
    private final Input input;

    Pairs(Input input) {
      this.input = input;
    }

    void run(int pairs) throws IOException, InterruptedException, SQLException, Failure {
      for (int pair = 1; pair <= pairs; pair++) {
        deleteTree(FOLDER.resolve("out"));
        JobRun jobRun = JobRun.prepare(FOLDER.resolve("out/job"), input, files);
        Path handOutput = FOLDER.resolve("out/hand-written");
        boolean isJobFirst = pair % 2 == 1;
        double handSeconds = isJobFirst ? 0 : runHandWritten(handOutput);
        double jobSeconds = submit("sparkjob.SparkJob", JOB_JAR, jobRun.arguments());
        handSeconds = isJobFirst ? runHandWritten(handOutput) : handSeconds;
        jobRun.checkResult();
        ParquetFolder.mustBeEqual(jobRun.output(), handOutput, files, input);
        job.add(jobSeconds);
        hand.add(handSeconds);
        ratio.add(jobSeconds / handSeconds);
        report.line(
            Samples.text(
                    input.shape().label() + ", " + input.rows() + " rows: the job %.2f s, ",
                    jobSeconds)
                + Samples.text("hand-written %.2f s", handSeconds));
      }
    }

    private double runHandWritten(Path output) throws IOException, InterruptedException, Failure {
      List<String> arguments = new ArrayList<>();
      arguments.add(input.shape().format());
      arguments.add(input.ddl());
      arguments.add("file://" + output);
      arguments.add(Integer.toString(files));
      input.files().forEach(file -> arguments.add("file://" + file));
      return submit("HandWritten", handWrittenJar, arguments);
    }
  }

  /** Runs a program to its end, and returns how many seconds its process took. */
  private double submit(String mainClass, Path jar, List<String> arguments)
      throws IOException, InterruptedException, Failure {
    List<String> words = new ArrayList<>(sparkSubmit);
    words.addAll(List.of("--class", mainClass, "file://" + jar));
    words.addAll(arguments);
    StandInStep step =
        StandInStep.prepare(FOLDER.resolve("steps"), SPARK_CLASS_PATH, "s-" + ++steps, words);
    long start = System.nanoTime();
    int status = step.process().start().waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (status != 0) {
      throw new Failure("%s ended with %d; see %s".formatted(mainClass, status, step.log()));
    }
    step.cleanUp().run();
    return seconds;
  }

  private void compileHandWritten() throws IOException, Failure {
    Path classes = Files.createDirectories(FOLDER.resolve("hand-written"));
    String classPath = Files.readString(SPARK_CLASS_PATH).strip();
    tool("javac", "-cp", classPath, "-d", classes.toString(), HAND_WRITTEN.toString());
    tool("jar", "--create", "--file", handWrittenJar.toString(), "-C", classes.toString(), ".");
  }

  private static void tool(String name, String... arguments) throws Failure {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    PrintStream errors = System.err;
    if (tool.run(errors, errors, arguments) != 0) {
      throw new Failure(name + " refused " + HAND_WRITTEN);
    }
  }

  /** The logs stay, hundreds of megabytes of rows do not. */
  private static void deleteData() {
    try {
      for (String data : List.of("few", "many", "out")) {
        deleteTree(FOLDER.resolve(data));
      }
    } catch (IOException e) {
      System.err.println("bench: cannot delete what is in " + FOLDER + ": " + e.getMessage());
    }
  }

  private static void deleteTree(Path root) throws IOException {
    if (Files.exists(root)) {
      try (Stream<Path> files = Files.walk(root)) {
        files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
      }
    }
  }
}
