package bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The job's input and its result; docs/contract.md describes both. */
record JobRun(Path folder, Input input) {

  private static final String JOB =
      """
      {
        "version": 1, "pipeline": "bench", "run": "r-bench", "attempt": 1,
        "input": {
          "format": "%3$s",
          "columns": [
            %4$s
          ]
        },
        "output": {"uri": "file://%1$s/output/", "files": %2$d},
        "rejected": {"uri": "file://%1$s/rejected/", "maxRatio": 0.1},
        "result": {"uri": "file://%1$s/result.json"}
      }
      """;

  /** Writes manifest and job description. */
  static JobRun prepare(Path folder, Input input, int files) throws IOException {
    Files.createDirectories(folder);
    StringBuilder objects = new StringBuilder();
    for (Path file : input.files()) {
      // Local files have no ETag, and the job compares it only if the file system provides it.
      objects.append(objects.isEmpty() ? "" : ",\n    ");
      objects.append(
          "{\"uri\": \"file://%s\", \"etag\": \"none\", \"size\": %d}"
              .formatted(file, Files.size(file)));
    }
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"version\": 1, \"pipeline\": \"bench\", \"run\": \"r-bench\", \"objects\": [%s]}"
            .formatted(objects));
    Files.writeString(
        folder.resolve("job.json"),
        JOB.formatted(folder, files, input.shape().contractFormat(), input.columnsJson()));
    return new JobRun(folder, input);
  }

  List<String> arguments() {
    return List.of("file://" + folder + "/manifest.json", "file://" + folder + "/job.json");
  }

  Path output() {
    return folder.resolve("output");
  }

  /** Its result must count all rows, and every rejected one must have been kept. */
  void checkResult() throws IOException, Failure {
    JsonNode rows =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("result.json"))).path("rows");
    long kept = kept();
    int bad = input.badRows();
    boolean isRight =
        rows.path("read").asLong() == input.rows()
            && rows.path("written").asLong() == input.rows() - bad
            && rows.path("rejected").asLong() == bad
            && kept == bad;
    if (!isRight) {
      throw new Failure(
          "of %d rows with %d bad ones the job says %s, and kept %d"
              .formatted(input.rows(), bad, rows, kept));
    }
  }

  private long kept() throws IOException {
    Path rejected = folder.resolve("rejected");
    if (!Files.exists(rejected)) {
      return 0;
    }
    long kept = 0;
    try (Stream<Path> files = Files.list(rejected)) {
      for (Path file : files.toList()) {
        kept += Files.readAllLines(file).size();
      }
    }
    return kept;
  }
}
