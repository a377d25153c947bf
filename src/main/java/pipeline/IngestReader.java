package pipeline;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;
import landing.IngestSettings;
import landing.LandingSettings;

/** Makes a pipeline's ingestion of its properties {@code ingest.*}. */
final class IngestReader {

  /** Amazon S3 User Guide, "Uploading objects": an object has 5 TB at most. */
  private static final long LARGEST_OBJECT = 5L << 40;

  private static final long USUAL_BYTES = 50_000_000_000L;

  /**
   * A step has 10,240 characters for all of its arguments (Amazon EMR API, HadoopJarStepConfig).
   */
  private static final int LONGEST_URL = 2_048;

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";

  /** What is written into a manifest by a shell, which quotes nothing. */
  private static final String PLAIN_PREFIX = "[A-Za-z0-9/_.=+-]*";

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(^|&)[^=&]*(sig|signature|token|secret|passw(or)?d|pwd|credential|auth|key)=");

  private final Properties properties;

  IngestReader(Properties properties) {
    this.properties = properties;
  }

  Optional<IngestSettings> read(LandingSettings landing) {
    Optional<String> url = properties.parsed("ingest.url", IngestReader::url);
    Optional<String> name = properties.parsed("ingest.name", IngestReader::name);
    Optional<Long> maxBytes = properties.number("ingest.max-bytes", 1);
    if (maxBytes.filter(bytes -> bytes > LARGEST_OBJECT).isPresent()) {
      properties.problem(
          "ingest.max-bytes",
          "is '%d'; an object of S3 has at most %d bytes"
              .formatted(maxBytes.get(), LARGEST_OBJECT));
    }
    if (url.isEmpty()) {
      if (properties.text("ingest.url").isEmpty() && properties.text("ingest.name").isPresent()) {
        properties.problem("ingest.url", "is not set, but ingest.name is; say what is fetched");
      }
      return Optional.empty();
    }
    if (!landing.prefix().matches(PLAIN_PREFIX)) {
      properties.problem(
          "landing.prefix",
          "is '%s'; with ingest.url it has only letters, digits and any of / _ . = + -"
              .formatted(landing.prefix()));
    }
    return Optional.of(
        new IngestSettings(
            url.get(), name.orElseGet(() -> lastPart(url.get())), maxBytes.orElse(USUAL_BYTES)));
  }

  private String lastPart(String url) {
    String path = Optional.ofNullable(URI.create(url).getPath()).orElse("");
    String last = path.substring(path.lastIndexOf('/') + 1);
    if (!last.matches(NAME)) {
      properties.problem(
          "ingest.name",
          "is not set, and the last part of ingest.url, '%s', is no name for an object; write one, for instance orders.csv.gz"
              .formatted(last));
    }
    return last;
  }

  private static String name(String written) {
    if (!written.matches(NAME)) {
      throw new IllegalArgumentException(
          "is '%s'; write 1 to 200 letters, digits, dots, dashes and underscores, beginning with a letter or a digit"
              .formatted(written));
    }
    return written;
  }

  /** Whatever is wrong with a URL, the message does not repeat it: it may carry a secret. */
  private static String url(String written) {
    URI uri;
    try {
      uri = new URI(written);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "is no URL (%s at character %d); percent-encode what may not stand in one"
              .formatted(e.getReason(), e.getIndex()),
          e);
    }
    boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!isWeb
        || uri.getHost() == null
        || uri.getRawFragment() != null
        || !written.matches("\\p{ASCII}{1,%d}".formatted(LONGEST_URL))) {
      throw new IllegalArgumentException(
          "is not http://host/path or https://host/path of at most %d ASCII characters without a fragment"
              .formatted(LONGEST_URL));
    }
    boolean hasSecret =
        uri.getRawUserInfo() != null
            || (uri.getRawQuery() != null && SECRET.matcher(uri.getRawQuery()).find());
    if (hasSecret) {
      throw new IllegalArgumentException(
          "carries what looks like a credential, and EMR shows a step's arguments to everybody who may describe the cluster; fetch what needs one by other means and land it");
    }
    return written;
  }
}
