package staging;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file that the service contains as a resource. */
public final class CarriedFile {

  private final byte[] bytes;
  private final String sha256;

  private CarriedFile(byte[] bytes) throws NoSuchAlgorithmException {
    this.bytes = bytes;
    this.sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /**
   * The file of that name.
   *
   * @param what it is, for the message
   * @throws IllegalStateException if this build does not contain it
   */
  public static CarriedFile read(String resource, String what) {
    try (InputStream stream = CarriedFile.class.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalStateException(
            "Cannot find %s in this build: no resource %s".formatted(what, resource));
      }
      return new CarriedFile(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + resource, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  /** The hash of the content in hex. */
  public String sha256() {
    return sha256;
  }
}
