package ingest;

import batch.Fetcher;
import java.util.Optional;

/**
 * What is fetched for a pipeline's runs before they transform it.
 *
 * @param url http or https, without credentials
 * @param name the object's name, the last part of its key
 * @param maxBytes a source that has more fails
 * @param by who fetches it
 * @param sha256 the required hash, 64 lower-case hex digits; only if the service fetches it
 */
public record IngestSettings(
    String url, String name, long maxBytes, Fetcher by, Optional<String> sha256) {

  /**
   * The size of the parts, in bytes, in which the service sends the object; it holds only one of
   * them in memory.
   */
  public static final int PART = 16 << 20;
}
