package web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

  /** The entries of the navigation. */
  enum Section {
    OVERVIEW,
    RUNS,
    AUDIT
  }

  /** Two pages that show the same have the same state. */
  public String state() {
    MessageDigest digest = sha256();
    pieces.forEach(piece -> digest.update(piece.html().getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }

  /** Where its changes come from. */
  public String feed() {
    return "/live?page=%s&state=%s"
        .formatted(URLEncoder.encode(path, StandardCharsets.UTF_8), state());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  public List<Piece> blocks() {
    return pieces.stream().filter(piece -> piece.tag().equals("div")).toList();
  }

  public List<Piece> rows() {
    return pieces.stream().filter(piece -> piece.tag().equals("li")).toList();
  }
}
