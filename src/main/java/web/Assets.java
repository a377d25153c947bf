package web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.zip.CRC32;

/** The pages' own style sheet and script. */
final class Assets {

  /** Changes when one of them does, so that a browser may keep them for long. */
  static final String VERSION = version();

  private Assets() {}

  private static String version() {
    CRC32 sum = new CRC32();
    for (String name : List.of("app.css", "app.js")) {
      try (InputStream asset =
          Assets.class.getResourceAsStream("/META-INF/resources/assets/" + name)) {
        sum.update(asset.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read the asset " + name, e);
      }
    }
    return Long.toHexString(sum.getValue());
  }
}
