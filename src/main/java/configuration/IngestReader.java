package configuration;

import batch.Fetcher;
import ingest.IngestSettings;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import landing.LandingSettings;

/** Reads a pipeline's ingestion from its properties {@code ingest.*}. */
record IngestReader(Properties properties) {

  /** Amazon S3 User Guide, "Uploading objects": an object has 5 TB at most. */
  private static final long LARGEST_OBJECT = 5L << 40;

  /**
   * 10,000 parts (Amazon S3 User Guide, "Multipart upload limits") of {@link IngestSettings#PART}
   * bytes each.
   */
  private static final long MOST_BY_SERVICE = 10_000L * IngestSettings.PART;

  private static final long USUAL_BYTES = 50_000_000_000L;

  /**
   * A step has 10,240 characters for all of its arguments (Amazon EMR API, HadoopJarStepConfig).
   */
  private static final int LONGEST_URL = 2_048;

  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,199}";

  /** Texts that a shell writes into a manifest without quoting. */
  private static final String PLAIN_PREFIX = "[A-Za-z0-9/_.=+-]*";

  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)(^|&)[^=&]*(sig|signature|token|secret|passw(or)?d|pwd|credential|auth|key)=");

  Optional<IngestSettings> read(LandingSettings landing) {
    Optional<String> url = properties.parsed("ingest.url", IngestReader::url);
    Optional<String> name =
        properties.matching(
            "ingest.name",
            NAME,
            "write 1 to 200 letters, digits, dots, dashes and underscores, beginning with a letter or a digit");
    long maxBytes = properties.number("ingest.max-bytes", 1).orElse(USUAL_BYTES);
    properties.refuse(
        maxBytes > LARGEST_OBJECT,
        "ingest.max-bytes",
        "is '%d'; an object of S3 has at most %d bytes".formatted(maxBytes, LARGEST_OBJECT));
    properties.refuse(
        url.isPresent() && landing.filter().hasPatterns(),
        "ingest.url",
        "is set, and nothing is looked for in the landing prefix; take landing.include and landing.exclude away, or this");
    Fetcher by = properties.oneOf("ingest.by", Fetcher.CLUSTER);
    Optional<String> sha256 =
        properties.matching(
            "ingest.sha256", "[0-9a-fA-F]{64}", "write the 64 hex digits that sha256sum shows");
    properties.refuse(
        by == Fetcher.CLUSTER && sha256.isPresent(),
        "ingest.sha256",
        "is set, but only the service compares it; set ingest.by=service, or leave it out");
    properties.refuse(
        by == Fetcher.SERVICE && maxBytes > MOST_BY_SERVICE,
        "ingest.max-bytes",
        "is '%d'; with ingest.by=service it is at most %d, for more let the cluster fetch it"
            .formatted(maxBytes, MOST_BY_SERVICE));
    boolean isMeant = properties.isSet("ingest.name") || by == Fetcher.SERVICE;
    properties.refuse(
        isMeant && !properties.isSet("ingest.url"),
        "ingest.url",
        "is not set, but other properties of ingest are; say what is fetched");
    properties.refuse(
        url.isPresent() && !landing.prefix().matches(PLAIN_PREFIX),
        "landing.prefix",
        "is '%s'; with ingest.url it has only letters, digits and any of / _ . = + -"
            .formatted(landing.prefix()));
    return url.map(
        source ->
            new IngestSettings(
                source,
                name.orElseGet(() -> lastPart(source)),
                maxBytes,
                by,
                sha256.map(hash -> hash.toLowerCase(Locale.ROOT))));
  }

  private String lastPart(String url) {
    String last = Optional.ofNullable(URI.create(url).getPath()).orElse("").replaceAll(".*/", "");
    properties.refuse(
        !last.matches(NAME),
        "ingest.name",
        "is not set, and the last part of ingest.url, '%s', is no name for an object; write one, for instance orders.csv.gz"
            .formatted(last));
    return last;
  }

  /** A message never repeats a faulty URL, because it may contain a secret. */
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
