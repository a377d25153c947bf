package web;

import java.util.Optional;

/**
 * What an open page is told.
 *
 * @param name the event's name; empty for a mere sign of life
 * @param html what takes its place in the page
 * @param state what the page shows after it, which the browser names when it connects again; absent
 *     if that has not changed
 */
record Message(String name, String html, Optional<String> state) {

  private static final String PIECES = "pieces";
  private static final String SIGN =
      "<span class=\"live\" id=\"live\" data-live=\"%s\" role=\"status\" hx-swap-oob=\"true\">%s</span>";

  /** The connection is alive. */
  static final Message ALIVE = new Message("", "", Optional.empty());

  /**
   * The page shows something else than the service now has; the browser asks for it anew. Were it
   * sent to all who connect again after a restart, it would need their number times its size of
   * memory.
   */
  static final Message STALE = new Message("stale", "", Optional.empty());

  /** What the page shows may be out of date. */
  static final Message AWAY =
      new Message(PIECES, SIGN.formatted("off", "not live: no answer"), Optional.empty());

  /** The page shows again what is. */
  static final Message BACK = new Message(PIECES, SIGN.formatted("on", "live"), Optional.empty());

  /** These pieces have changed. */
  static Message pieces(String html, String state) {
    return new Message(PIECES, html, Optional.of(state));
  }
}
