package localcloud.s3;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of an object, or of a prefix.
 *
 * @param key as it is, not URL-encoded; empty for the whole bucket
 */
public record S3Uri(String bucket, String key) {
  private static final Pattern FORM =
      Pattern.compile("s3[an]?://([^/]+)(?:/(.*))?", Pattern.DOTALL);

  /**
   * Reads {@code s3://bucket/key}, also with the schemes s3a and s3n.
   *
   * @throws IllegalArgumentException if it is no such URI
   */
  public static S3Uri parse(String uri) {
    Matcher matcher = FORM.matcher(uri);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read " + uri + ": it is no s3://bucket/key");
    }
    return new S3Uri(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2));
  }

  /** The object or prefix below this one, which is taken as a folder. */
  public S3Uri resolve(String relative) {
    String folder = key.isEmpty() || key.endsWith("/") ? key : key + "/";
    return new S3Uri(bucket, folder + relative);
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + key;
  }
}
