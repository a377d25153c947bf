package web;

import io.quarkus.qute.RawString;
import io.quarkus.qute.TemplateInstance;

/**
 * A part of a page that is replaced as a whole when it changes.
 *
 * @param id its element's id, unique in the page
 * @param tag its element, {@code div} or {@code li}
 * @param html what is in the element; nothing if there is nothing to show
 */
record Piece(String id, String tag, String html) {

  static Piece of(String id, TemplateInstance content) {
    return new Piece(id, "div", content.render().strip());
  }

  static Piece row(String id, TemplateInstance content) {
    return new Piece(id, "li", content.render().strip());
  }

  /** The element as the page has it when it is opened. */
  public RawString inPage() {
    return element("");
  }

  /** The element as it takes the place of the one that an open page has. */
  String inPlace() {
    return element(" hx-swap-oob=\"true\"").getValue();
  }

  private RawString element(String attribute) {
    return new RawString(
        "<"
            + tag
            + " class=\"piece\" id=\""
            + id
            + "\""
            + attribute
            + ">"
            + html
            + "</"
            + tag
            + ">");
  }
}
