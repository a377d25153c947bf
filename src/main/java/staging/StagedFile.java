package staging;

import curated.RunPaths;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A user's program that the service puts into the curated bucket under the hash of its content,
 * like its own {@link JobJar}: a new version never changes what a running cluster reads.
 *
 * @param name the file's name without its folder
 * @param content its content
 */
public record StagedFile(String name, ByteBuffer content) {

  public StagedFile {
    content = content.asReadOnlyBuffer();
  }

  /** Its content. */
  public byte[] bytes() {
    byte[] bytes = new byte[content.remaining()];
    content.duplicate().get(bytes);
    return bytes;
  }

  /** Its key in the curated bucket. */
  public String key() {
    return "%sjobs/%s/%s".formatted(RunPaths.WORK, sha256(content), name);
  }

  /** The hash of the content in hex. */
  static String sha256(ByteBuffer content) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(content.duplicate());
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }
}
