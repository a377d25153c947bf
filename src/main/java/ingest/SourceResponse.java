package ingest;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What a source has answered.
 *
 * @param body what it sends, from that position on
 * @param from the position of the body's first byte in the whole
 * @param total the bytes of the whole, where the source says how many
 * @param validator what tells this version of the whole from others; absent where the source says
 *     nothing that does
 * @param endIsCertain whether a body that was cut off shows as such
 * @param encoding how the body is compressed on its way, in lower case; absent: not at all
 */
record SourceResponse(
    InputStream body,
    long from,
    Optional<Long> total,
    Optional<String> validator,
    boolean endIsCertain,
    Optional<String> encoding)
    implements Closeable {

  /** Ends the connection, whatever is still to come. */
  @Override
  public void close() throws IOException {
    body.close();
  }
}
