package ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The response of a source.
 *
 * @param body its content, from that position on
 * @param from the position of the body's first byte in the whole source
 * @param total the size of the whole source in bytes, if it says so
 * @param validator what identifies this version of the source; absent if the source gives nothing
 * @param endIsCertain whether a truncated body can be recognised
 * @param encoding how the response is compressed, in lower case; absent: not at all
 */
record SourceResponse(
    InputStream body,
    long from,
    Optional<Long> total,
    Optional<String> validator,
    boolean endIsCertain,
    Optional<String> encoding)
    implements Closeable {

  /** Ends the connection, even if more would follow. */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
