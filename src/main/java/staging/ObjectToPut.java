package staging;

import java.nio.ByteBuffer;

/**
 * An object that is to be written to S3 as a whole.
 *
 * @param bucket its bucket
 * @param key its key
 * @param content what it will hold
 */
public record ObjectToPut(String bucket, String key, ByteBuffer content) {

  public ObjectToPut {
    content = content.asReadOnlyBuffer();
  }

  /** The same, of bytes that nothing else changes. */
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
