package configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One query's text, or the object that holds it.
 *
 * @param text the text that was read at start
 * @param uri {@code s3://bucket/key}, which the job reads when it runs
 */
record SqlSource(Optional<String> text, Optional<String> uri) {

  /** A placeholder for a source that was reported as a problem already. */
  static final SqlSource NONE = new SqlSource(Optional.empty(), Optional.empty());

  private static final String S3 = "s3://";
  private static final String CLASSPATH = "classpath:";
  private static final Pattern OBJECT =
      Pattern.compile("s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*[^/]");

  /**
   * Reads the value of a property that says where the SQL is.
   *
   * @param place {@code s3://bucket/key}, {@code classpath:sql/daily.sql}, or a path
   * @throws IllegalArgumentException whose message continues a sentence that begins with the
   *     property's name
   */
  static SqlSource file(String place) {
    if (place.startsWith(S3)) {
      if (!OBJECT.matcher(place).matches()) {
        throw new IllegalArgumentException(
            "is '%s'; write s3://bucket/key, the key of one object".formatted(place));
      }
      return new SqlSource(Optional.empty(), Optional.of(place));
    }
    try (InputStream in = place.startsWith(CLASSPATH) ? resource(place) : path(place)) {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
      if (text.isBlank()) {
        throw new IllegalArgumentException(
            "is '%s', which is empty; write one query of Spark SQL into it".formatted(place));
      }
      return new SqlSource(
          Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text), Optional.empty());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "is '%s', which is not UTF-8; save it as that".formatted(place), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "is '%s', which cannot be read (%s); it must be a text that this user can read"
              .formatted(place, e),
          e);
    }
  }

  private static InputStream resource(String place) {
    String name = place.substring(CLASSPATH.length());
    InputStream in = Thread.currentThread().getContextClassLoader().getResourceAsStream(name);
    if (in == null) {
      throw new IllegalArgumentException(
          "is '%s', and the service carries no such resource; put it into src/main/resources/%s and build again, or name a path"
              .formatted(place, name));
    }
    return in;
  }

  private static InputStream path(String place) throws IOException {
    Path path = Path.of(place);
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "is '%s', and there is no such file; name one by its path, beginning with / or from the working directory %s, or by s3:// or classpath:"
              .formatted(place, Path.of("").toAbsolutePath()));
    }
    return Files.newInputStream(path);
  }
}
