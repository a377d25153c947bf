package web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A page as it is now.
 *
 * @param title for the browser's tab
 * @param section which entry of the navigation it belongs to
 * @param path its address, below which it is watched; the same page always has the same pieces
 * @param pieces what it consists of, from top to bottom
 */
record Page(String title, Section section, String path, List<Piece> pieces) {

  /** About what an element adds to a piece's content. */
  private static final int PIECE = 64;

  /** That of the 64-bit FNV hash, http://www.isthe.com/chongo/tech/comp/fnv/. */
  private static final long PRIME = 0x100000001b3L;

  /** The entries of the navigation. */
  enum Section {
    OVERVIEW,
    RUNS,
    AUDIT
  }

  /**
   * Two pages that show the same have the same state. Another page with the same state is so seldom
   * that its watcher may wait for the next change; a string remembers its hash, so that the pieces
   * that stay are not read again.
   */
  public String state() {
    long state = 1;
    for (Piece piece : pieces) {
      state = PRIME * state + piece.html().hashCode();
    }
    return Long.toHexString(state);
  }

  /** How long it is about, in characters. */
  int size() {
    return pieces.stream().mapToInt(piece -> piece.html().length() + PIECE).sum();
  }

  /** Where its changes come from. */
  public String feed() {
    return "/live?page=%s&state=%s"
        .formatted(URLEncoder.encode(path, StandardCharsets.UTF_8), state());
  }

  public List<Piece> blocks() {
    return pieces.stream().filter(piece -> piece.tag().equals("div")).toList();
  }

  public List<Piece> rows() {
    return pieces.stream().filter(piece -> piece.tag().equals("li")).toList();
  }
}
