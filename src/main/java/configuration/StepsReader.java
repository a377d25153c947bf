package configuration;

import cluster.request.RequestFile;
import cluster.step.OwnStep;
import cluster.step.StepFile;
import curated.CuratedSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import pipeline.Steps;
import staging.StagedFile;

/** Reads a user's own steps, and refuses properties that only the service's own job follows. */
final class StepsReader {

  private static final String STEPS = "steps";
  private static final int LAST_STEP = 20;

  /** The properties of each step. */
  private static final List<String> STEP = List.of("pyspark", "jar", "request", "class", "args");

  /** Local files are held in the service's memory. */
  private static final long LARGEST_FILE = 32L << 20;

  /** Properties of the service's own job only. */
  private static final List<String> OF_OUR_JOB =
      List.of("input", "transform", "checks", "curated.files", "curated.target-file-bytes");

  private final Properties properties;
  private final CuratedSettings curated;
  private final List<StagedFile> files = new ArrayList<>();

  StepsReader(Properties properties, CuratedSettings curated) {
    this.properties = properties;
    this.curated = curated;
  }

  Steps read() {
    List<Integer> numbers =
        properties.numbers(
            STEPS,
            1,
            LAST_STEP,
            STEP,
            "number the steps 1, 2, … without a gap",
            "is no step's; write %s.1.pyspark, %s.1.jar or %s.1.request, and up to %s.%d"
                .formatted(STEPS, STEPS, STEPS, STEPS, LAST_STEP));
    List<OwnStep> steps = new ArrayList<>();
    for (int number : numbers) {
      String property = STEPS + "." + number;
      step(property).filter(step -> isSound(property, step)).ifPresent(steps::add);
    }
    if (!numbers.isEmpty()) {
      refuseWhatIsOurs();
    }
    return new Steps(steps, files);
  }

  private Optional<OwnStep> step(String property) {
    List<String> kinds =
        Stream.of("pyspark", "jar", "request")
            .filter(name -> properties.isSet(property + "." + name))
            .toList();
    if (kinds.size() != 1) {
      properties.problem(
          property,
          kinds.isEmpty()
              ? "has no pyspark, jar or request; write one of them"
              : "has %s; write one of them".formatted(String.join(" and ", kinds)));
      return Optional.empty();
    }
    return switch (kinds.get(0)) {
      case "pyspark" -> {
        refuse(property, "class", "is a jar's; a Python file has none");
        yield program(property, "pyspark", ".py", Optional.empty());
      }
      case "jar" -> {
        Optional<String> mainClass =
            properties.required(property + ".class", "name the jar's main class");
        yield mainClass.flatMap(name -> program(property, "jar", ".jar", mainClass));
      }
      default -> {
        refuse(property, "class", "is a jar's; write MainClass into the file");
        refuse(property, "args", "stands beside request; write Args into the file");
        yield request(property + ".request");
      }
    };
  }

  private void refuse(String property, String name, String why) {
    properties.refuse(properties.isSet(property + "." + name), property + "." + name, why);
  }

  private Optional<OwnStep> program(
      String property, String kind, String ending, Optional<String> mainClass) {
    List<String> args = properties.parsed(property + ".args", QuotedWords::parse).orElse(List.of());
    return properties
        .parsed(property + "." + kind, written -> code(written, ending))
        .map(uri -> new OwnStep.Program(uri.replaceAll(".*/", ""), uri, mainClass, args));
  }

  /** The program's URI; a local file becomes one in the curated bucket. */
  private String code(String written, String ending) {
    if (!written.endsWith(ending)) {
      throw Properties.wrong(written, "spark-submit wants a name that ends with " + ending);
    }
    if (written.matches("s3[an]?://.*")) {
      if (!written.matches("s3://[^/\\s]+/[^\\s]+")) {
        throw Properties.wrong(written, "write s3://bucket/key without blanks");
      }
      return written;
    }
    StagedFile file = local(Path.of(written));
    files.add(file);
    return "s3://%s/%s".formatted(curated.bucket(), file.key());
  }

  private static StagedFile local(Path path) {
    String name = path.getFileName().toString();
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "is '%s', and there is no such file; write s3://bucket/key, or a path that begins with / or in the working directory %s"
              .formatted(path, Path.of("").toAbsolutePath()));
    }
    if (!name.matches("[A-Za-z0-9._-]+")) {
      throw Properties.wrong(
          path.toString(),
          "a file that is put into S3 has a name of letters, digits, dots, dashes and underscores");
    }
    try {
      if (Files.size(path) > LARGEST_FILE) {
        throw new IllegalArgumentException(
            "is '%s', which has more than %d MiB; put it into S3 and write s3://bucket/key"
                .formatted(path, LARGEST_FILE >> 20));
      }
      return new StagedFile(name, ByteBuffer.wrap(Files.readAllBytes(path)));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "is '%s', which cannot be read (%s); this user must be able to read it"
              .formatted(path, e),
          e);
    }
  }

  private Optional<OwnStep> request(String property) {
    Optional<RequestFile> file = properties.parsed(property, ClusterReader::file);
    return file.map(StepFile::read)
        .flatMap(
            read -> {
              read.problems().forEach(problem -> properties.problem(property, problem));
              return read.step();
            });
  }

  private boolean isSound(String property, OwnStep step) {
    Optional<String> problem = step.problem();
    String of = property + (properties.isSet(property + ".request") ? ".request" : ".args");
    problem.ifPresent(text -> properties.problem(of, text));
    return problem.isEmpty();
  }

  /** Properties of the service's own job would silently have no effect. */
  private void refuseWhatIsOurs() {
    OF_OUR_JOB.stream()
        .flatMap(name -> properties.given(name).stream())
        .forEach(
            name ->
                properties.problem(
                    name,
                    "is set beside %s.*, and only the service's own job does what it says; take it away, and let your steps do it"
                        .formatted(STEPS)));
  }
}
