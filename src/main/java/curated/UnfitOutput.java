package curated;

import java.util.List;

/** The files that steps wrote cannot become rows of a table; the message is one sentence. */
final class UnfitOutput extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> uris;

  /**
   * @param uris the files concerned; the message names them
   */
  UnfitOutput(String message, String... uris) {
    super(message);
    this.uris = List.of(uris);
  }

  /**
   * @param cause why the file cannot become rows
   */
  UnfitOutput(String message, Throwable cause, String uri) {
    super(message, cause);
    this.uris = List.of(uri);
  }

  List<String> uris() {
    return uris;
  }
}
