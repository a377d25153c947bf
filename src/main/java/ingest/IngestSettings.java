package ingest;

import batch.Fetcher;
import java.util.Optional;

/**
 * What is fetched for a pipeline's runs before they transform it.
 *
 * @param url where it is: http or https, without credentials
 * @param name what the object is called, the last part of its key
 * @param maxBytes a source that has more fails
 * @param by who fetches it
 * @param sha256 the hash that it must have, 64 lower-case hex digits; only where the service
 *     fetches it
 */
public record IngestSettings(
    String url, String name, long maxBytes, Fetcher by, Optional<String> sha256) {

  /** The service sends its object in parts of so many bytes, and holds no more than one of them. */
  public static final int PART = 16 << 20;
}
