package sparkjob.landed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import contract.JobResult.Reject;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The rejected rows of one task, as JSON lines. They are collected in a local file and stored at
 * once after the task has read all of its input: a task that fails, or a slower twin that is
 * killed, leaves nothing half written, and a repeated one writes the same file again.
 */
final class RejectFile implements Closeable {
  private static final JsonFactory JSON =
      new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);

  private final Path target;
  private final Configuration hadoop;
  private java.nio.file.Path gathered;
  private JsonGenerator lines;
  private OutputStream out;

  /**
   * Prepares a file that is created with the first row.
   *
   * @param prefix the prefix of rejected rows, ends with a slash
   * @param task the task's number, which names the file
   */
  RejectFile(String prefix, int task, Configuration hadoop) {
    this.target = new Path(prefix + "part-%05d.jsonl".formatted(task));
    this.hadoop = hadoop;
  }

  void add(Reject reject) throws IOException {
    if (lines == null) {
      gathered = Files.createTempFile("rejected-", ".jsonl");
      out = new BufferedOutputStream(Files.newOutputStream(gathered));
      lines = JSON.createGenerator(out);
      lines.setRootValueSeparator(null);
    }
    lines.writeStartObject();
    lines.writeStringField("uri", reject.uri());
    lines.writeStringField("reason", reject.reason());
    lines.writeStringField("raw", reject.raw());
    lines.writeEndObject();
    lines.writeRaw('\n');
  }

  /** Stores the collected rows, if any. */
  void store() throws IOException {
    if (lines != null) {
      lines.close();
      out.close();
      lines = null;
      try (OutputStream stored = target.getFileSystem(hadoop).create(target, true)) {
        Files.copy(gathered, stored);
      }
    }
  }

  /** Drops rows that were collected and not stored. */
  @Override
  public void close() throws IOException {
    if (lines != null) {
      lines.close();
      out.close();
      lines = null;
    }
    if (gathered != null) {
      Files.deleteIfExists(gathered);
    }
  }
}
