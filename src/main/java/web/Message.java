package web;

/**
 * What an open page is told.
 *
 * @param name the event's name; empty for a mere sign of life
 * @param html what takes its place in the page
 */
record Message(String name, String html) {

  /** The connection is alive. */
  static final Message ALIVE = new Message("", "");

  /**
   * The page shows something else than the service now has; the browser asks for it anew. Were it
   * sent to all who connect again after a restart, it would need their number times its size of
   * memory.
   */
  static final Message STALE = new Message("stale", "");

  /** These pieces have changed. */
  static Message pieces(String html) {
    return new Message("pieces", html);
  }
}
