package staging;

import java.nio.ByteBuffer;

/**
 * An object to write to S3 as a whole.
 *
 * @param bucket its bucket
 * @param key its key
 * @param content its content
 */
public record ObjectToPut(String bucket, String key, ByteBuffer content) {

  public ObjectToPut {
    content = content.asReadOnlyBuffer();
  }

  /** Creates one from bytes that nothing else changes. */
  public ObjectToPut(String bucket, String key, byte[] bytes) {
    this(bucket, key, ByteBuffer.wrap(bytes));
  }

  /** Its content. */
  public byte[] bytes() {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }
}
