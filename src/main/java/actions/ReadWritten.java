package actions;

import curated.RunPaths;
import flow.Action;
import flow.RunRequests;
import flow.UnusableFileException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.BiFunction;
import java.util.function.Function;
import pipeline.Pipelines;
import software.amazon.awssdk.http.Abortable;

/** Reads the files that the steps of a run's last attempt wrote for the service. */
@ApplicationScoped
public class ReadWritten {

  /** Enough for the manifest of a hundred thousand objects, which is read into memory. */
  private static final long MOST_BYTES = 64L << 20;

  private final Pipelines pipelines;

  ReadWritten(Pipelines pipelines) {
    this.pipelines = pipelines;
  }

  /**
   * A place in S3.
   *
   * @param bucket its bucket
   * @param key its key
   */
  public record Address(String bucket, String key) {

    String uri() {
      return "s3://%s/%s".formatted(bucket, key);
    }
  }

  /** Where the job's result file is. */
  public Address result(Action action) {
    return address(action, RunPaths::resultKey);
  }

  /** Where the manifest of the step ingest is. */
  public Address manifest(Action action) {
    return address(action, RunPaths::manifestKey);
  }

  private Address address(Action action, BiFunction<RunPaths, Integer, String> key) {
    RunPaths paths =
        RunRequests.paths(
            pipelines.named(action.open().run().pipeline()), action.open().run().id());
    int attempt = action.open().lastAttempt().orElseThrow().number();
    return new Address(paths.settings().bucket(), key.apply(paths, attempt));
  }

  /**
   * Reads it.
   *
   * @param length how many bytes it has
   * @param reader parses its text
   * @throws UnusableFileException if it is too large or malformed; a step may have written anything
   *     there
   * @throws IOException if S3 broke the connection
   */
  public <T> T parse(Address address, InputStream content, long length, Function<String, T> reader)
      throws IOException {
    if (length > MOST_BYTES) {
      if (content instanceof Abortable connection) {
        connection.abort();
      }
      throw new UnusableFileException(
          address.uri(),
          new IllegalArgumentException(
              "It has %d bytes, and at most %d are read".formatted(length, MOST_BYTES)));
    }
    try (content) {
      return reader.apply(new String(content.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      throw new UnusableFileException(address.uri(), e);
    }
  }
}
