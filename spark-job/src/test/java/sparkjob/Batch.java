package sparkjob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.luben.zstd.ZstdOutputStream;
import contract.JobResult;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.io.compress.bzip2.CBZip2OutputStream;
import sparkjob.failure.JobFailure;

/** Lands objects in a folder, runs the job on them as a cluster would, and shows what it left. */
final class Batch {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;
  private final ObjectNode manifest = JSON.createObjectNode();
  private final ArrayNode objects;
  private final ObjectNode job = JSON.createObjectNode();

  Batch(Path folder) {
    this.folder = folder;
    manifest.put("version", 1).put("pipeline", "iris").put("run", "r-1");
    objects = manifest.putArray("objects");
    job.put("version", 1).put("pipeline", "iris").put("run", "r-1").put("attempt", 1);
    job.putObject("input").put("format", "csv");
    job.putObject("output").put("uri", uri("curated") + "/").put("files", 1);
    job.putObject("rejected").put("uri", uri("rejected") + "/").put("maxRatio", 1.0);
    job.putObject("result").put("uri", uri("result.json"));
  }

  /** The file's URI as the contract has it: not encoded. */
  String uri(String name) {
    return "file://" + folder.resolve(name);
  }

  Batch landed(String name, String text) {
    return landed(name, text.getBytes(StandardCharsets.UTF_8));
  }

  Batch landed(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, bytes);
      return named(name, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Batch named(String name, long size) {
    objects.addObject().put("uri", uri(name)).put("etag", "e").put("size", size);
    return this;
  }

  Batch format(String format) {
    input().put("format", format);
    return this;
  }

  Batch columns(String ddl) {
    ArrayNode columns = input().putArray("columns");
    for (String column : ddl.split(", ", -1)) {
      int space = column.indexOf(' ');
      columns
          .addObject()
          .put("name", column.substring(0, space))
          .put("type", column.substring(space + 1));
    }
    return this;
  }

  Batch header() {
    input().put("header", true);
    return this;
  }

  Batch merge() {
    input().put("mixedSchemas", "merge");
    return this;
  }

  Batch form(String name, String value) {
    input().withObject("/forms").put(name, value);
    return this;
  }

  Batch sql(String sql) {
    transform().put("sql", sql).remove("uri");
    return this;
  }

  Batch sqlFile(String uri) {
    transform().put("uri", uri).remove("sql");
    return this;
  }

  Batch view(String name, String sql) {
    transform().withArray("views").addObject().put("name", name).put("sql", sql);
    return this;
  }

  Batch check(String name, String severity, String sql) {
    ObjectNode check = job.withArray("checks").addObject();
    check.put("name", name).put("sql", sql).put("severity", severity).put("show", 5);
    return this;
  }

  private ObjectNode transform() {
    return job.has("transform") ? (ObjectNode) job.get("transform") : job.putObject("transform");
  }

  Batch maxRatio(double ratio) {
    ((ObjectNode) job.get("rejected")).put("maxRatio", ratio);
    return this;
  }

  Batch files(int count) {
    ObjectNode output = (ObjectNode) job.get("output");
    output.put("files", count).remove("targetFileBytes");
    return this;
  }

  Batch targetFileBytes(long bytes) {
    ObjectNode output = (ObjectNode) job.get("output");
    output.put("targetFileBytes", bytes).remove("files");
    return this;
  }

  Batch partitionBy(String... columns) {
    ArrayNode names = ((ObjectNode) job.get("output")).putArray("partitionBy");
    List.of(columns).forEach(names::add);
    return this;
  }

  Batch columnNames(boolean upperCase) {
    ObjectNode names = ((ObjectNode) job.get("output")).putObject("columnNames");
    names.put("upperCase", upperCase).put("longest", 255).put("reservedPrefix", "METADATA$");
    names.putArray("reserved").add("VALUE").add("RUN_ID").add("CURRENT_DATE");
    return this;
  }

  ObjectNode input() {
    return (ObjectNode) job.get("input");
  }

  ObjectNode job() {
    return job;
  }

  ObjectNode manifest() {
    return manifest;
  }

  JobResult run() {
    try {
      Files.writeString(folder.resolve("manifest.json"), manifest.toString());
      Files.writeString(folder.resolve("job.json"), job.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return SparkJob.run(LocalSpark.session(), uri("manifest.json"), uri("job.json"));
  }

  /** Runs the job, which must fail. */
  JobFailure failure() {
    try {
      run();
    } catch (JobFailure failure) {
      return failure;
    }
    throw new AssertionError("The job succeeded: " + result());
  }

  /** The curated rows as texts, {@code a|b|c}, sorted. */
  List<String> rows() {
    return LocalSpark.session().read().parquet(uri("curated")).collectAsList().stream()
        .map(row -> row.mkString("|"))
        .sorted()
        .toList();
  }

  JsonNode result() {
    try {
      return JSON.readTree(folder.resolve("result.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] bytes(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What lies in a folder, by name. */
  List<String> list(String name) {
    Path listed = folder.resolve(name);
    if (!Files.exists(listed)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(listed)) {
      return files
          .filter(file -> !file.equals(listed))
          .map(file -> listed.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rejected rows of all files, in their order. */
  List<JsonNode> rejected() {
    List<JsonNode> rows = new ArrayList<>();
    for (String file : list("rejected")) {
      try {
        for (String line : Files.readAllLines(folder.resolve("rejected").resolve(file))) {
          rows.add(JSON.readTree(line));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return rows;
  }

  static byte[] gzip(String text) {
    return gzip(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static byte[] compressed(String compression, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (compression.equals("bzip2")) {
      // Hadoop leaves these two to its codec.
      bytes.write("BZ".getBytes(StandardCharsets.US_ASCII));
    }
    try (OutputStream out =
        switch (compression) {
          case "bzip2" -> new CBZip2OutputStream(bytes);
          case "zstd" -> new ZstdOutputStream(bytes);
          default -> throw new IllegalArgumentException(compression);
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
