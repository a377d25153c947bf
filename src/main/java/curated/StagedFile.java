package curated;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A program of a user's that the service puts into the curated bucket under the hash of its
 * content, as it does with its own {@link JobJar}: a new version never changes what a running
 * cluster reads.
 */
public final class StagedFile {

  private final byte[] bytes;
  private final String key;

  /**
   * @param name the file's name without its folder
   * @param bytes what it holds
   */
  public StagedFile(String name, byte[] bytes) {
    this.bytes = bytes.clone();
    this.key = "%sjobs/%s/%s".formatted(RunPaths.WORK, sha256(bytes), name);
  }

  /** Its content. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Its key in the curated bucket. */
  public String key() {
    return key;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StagedFile file && file.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }
}
