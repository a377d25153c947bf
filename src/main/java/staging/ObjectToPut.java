package staging;

import java.nio.ByteBuffer;

/**
 * An object that is to be written to S3.
 *
 * @param bucket where
 * @param key its key
 * @param content what it holds
 */
public record ObjectToPut(String bucket, String key, ByteBuffer content) {

  public ObjectToPut {
    content = content.asReadOnlyBuffer();
  }

  public ObjectToPut(String bucket, String key, byte[] bytes) {
    this(bucket, key, ByteBuffer.wrap(bytes));
  }

  /** A copy of what it holds. */
  public byte[] bytes() {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }
}
