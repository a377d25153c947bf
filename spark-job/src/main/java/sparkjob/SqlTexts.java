package sparkjob;

import contract.JobDescription;
import contract.JobResult;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sparkjob.cluster.Storage;
import sparkjob.failure.JobFailure;

/**
 * The texts of an attempt's queries. A text in an object is read once, so that the same text is
 * used everywhere and shown in the result.
 */
final class SqlTexts {
  /** The greatest length of a query. */
  private static final int MOST_BYTES = 1 << 20;

  private final Storage storage;
  private final Map<String, String> read = new LinkedHashMap<>();

  SqlTexts(Storage storage) {
    this.storage = storage;
  }

  /**
   * Reads all texts that a job has in objects.
   *
   * @throws JobFailure naming the one that is missing or is no text
   */
  void read(JobDescription job) {
    job.transform()
        .ifPresent(
            transform -> {
              transform.views().forEach(this::text);
              text(transform);
            });
    job.checks().forEach(this::text);
  }

  /** The query's text. */
  String text(JobDescription.Query query) {
    return query
        .sql()
        .orElseGet(() -> read.computeIfAbsent(query.uri().orElseThrow(), this::stored));
  }

  /** The texts that were read from objects. */
  List<JobResult.SqlFile> files() {
    List<JobResult.SqlFile> files = new ArrayList<>();
    read.forEach((uri, text) -> files.add(new JobResult.SqlFile(uri, text)));
    return files;
  }

  private String stored(String uri) {
    try {
      byte[] bytes = storage.readAtMost(uri, MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw refused(uri, "it has more than %d bytes, which is no query".formatted(MOST_BYTES));
      }
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (FileNotFoundException e) {
      throw refused(uri, "there is no such object");
    } catch (CharacterCodingException e) {
      throw refused(uri, "it is not UTF-8");
    } catch (IOException e) {
      throw JobFailure.of(e).about("Cannot read the SQL in " + uri);
    }
  }

  private static JobFailure refused(String uri, String why) {
    return JobFailure.userCode(
        "Cannot read the SQL in %s: %s; put one query there, or have the pipeline's sql-file name another"
            .formatted(uri, why));
  }
}
