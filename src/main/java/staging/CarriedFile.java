package staging;

import curated.RunPaths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;

/**
 * A file that travels inside the service as a resource and is staged to S3 under the hash of its
 * content: a new version never changes what a running cluster reads.
 */
public abstract class CarriedFile {

  private final byte[] bytes;
  private final String key;

  /**
   * Reads it once for the whole process.
   *
   * @param what it is, for the message
   * @param name of the staged object, in which {@code %s} stands for the hash
   * @throws IllegalStateException if this build does not contain it
   */
  protected CarriedFile(String resource, String what, String name) {
    try (InputStream stream = CarriedFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(
            "Cannot find %s in this build: no resource %s".formatted(what, resource));
      }
      bytes = stream.readAllBytes();
      key = RunPaths.WORK + "jobs/" + name.formatted(StagedFile.sha256(ByteBuffer.wrap(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + resource, e);
    }
  }

  /** Its key in the curated bucket. */
  public String key() {
    return key;
  }

  /** The file as it is put there. */
  public ObjectToPut in(String bucket) {
    return new ObjectToPut(bucket, key, bytes);
  }
}
