package testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A file below {@code src/test/resources}. */
public final class Resource {

  private Resource() {}

  /** Its text. */
  public static String text(String path) {
    try (InputStream resource = Resource.class.getResourceAsStream("/" + path)) {
      if (resource == null) {
        throw new IllegalArgumentException("Cannot find src/test/resources/" + path);
      }
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
