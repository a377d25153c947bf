package sparkjob.text;

import java.io.IOException;

/**
 * The objects of JSON documents: the elements of a list, or whole documents that follow each other,
 * over any number of lines. Only brackets and quotes are read here, so an element that is no JSON
 * within its brackets loses only itself; if the brackets make no sense, the start of the next
 * element is unknown, and reading ends.
 */
public final class JsonRecords extends Records {
  private enum Place {
    /** Before a document. */
    TOP,
    /** In a list, where its first element or its end must come. */
    AFTER_BRACKET,
    /** In a list, where an element must come. */
    AFTER_COMMA,
    /** In a list, where a comma or its end must come. */
    AFTER_ELEMENT
  }

  private Place place = Place.TOP;

  /** Reads all of the window's stream. */
  public JsonRecords(Window window) {
    super(window, Long.MAX_VALUE);
  }

  @Override
  void scan() throws IOException {
    if (!goToElement()) {
      contentLength = 0;
      length = 0;
      return;
    }
    byte first = window.at(0);
    contentLength = first == '{' || first == '[' ? nested() : first == '"' ? text(0) : scalar();
    length = contentLength;
    place = place == Place.TOP ? Place.TOP : Place.AFTER_ELEMENT;
  }

  @Override
  boolean isNoRecord() {
    return contentLength == 0;
  }

  /** Moves the record's start past the text between elements; false at the end. */
  private boolean goToElement() throws IOException {
    while (window.has(0)) {
      byte b = window.at(0);
      boolean isSpace = b == ' ' || b == '\n' || b == '\r' || b == '\t';
      if (!isSpace && !passes(b)) {
        return true;
      }
      window.start++;
      skipMarks();
    }
    return false;
  }

  @Override
  void atEndOfStream() throws IOException {
    if (place != Place.TOP) {
      throw broken("it ends within a list");
    }
  }

  /** Whether this byte stands between elements. */
  private boolean passes(byte b) throws IOException {
    Place next =
        switch (place) {
          case TOP -> b == '[' ? Place.AFTER_BRACKET : null;
          case AFTER_BRACKET -> b == ']' ? Place.TOP : null;
          case AFTER_COMMA -> null;
          case AFTER_ELEMENT -> b == ',' ? Place.AFTER_COMMA : b == ']' ? Place.TOP : null;
        };
    if (next == null) {
      if (place == Place.AFTER_ELEMENT) {
        throw broken("a comma or the end of the list is missing");
      }
      if (b == ',' || b == ']' || b == '}') {
        throw broken("an element is missing");
      }
      return false;
    }
    place = next;
    return true;
  }

  private int nested() throws IOException {
    int depth = 0;
    int distance = 0;
    while (true) {
      byte b = seen(distance);
      if (b == '"') {
        distance = text(distance);
        continue;
      }
      distance++;
      if (b == '{' || b == '[') {
        depth++;
      } else if ((b == '}' || b == ']') && --depth == 0) {
        return distance;
      }
    }
  }

  /** The distance after the text whose opening quote stands at {@code opening}. */
  private int text(int opening) throws IOException {
    int distance = opening + 1;
    while (true) {
      byte b = seen(distance);
      if (b == '"') {
        return distance + 1;
      }
      distance++;
      if (b == '\\') {
        seen(distance);
        distance++;
      }
    }
  }

  private int scalar() throws IOException {
    int distance = 0;
    while (window.has(distance) && ",]} \n\r\t".indexOf(seen(distance)) < 0) {
      distance++;
    }
    return distance;
  }

  private byte seen(int distance) throws IOException {
    if (!window.has(distance)) {
      throw broken(
          window.isTooLong()
              ? "the element that begins here has more than " + Window.LONGEST_RECORD + " bytes"
              : "the element that begins here is not closed");
    }
    byte b = window.at(distance);
    sawNonAscii |= b < 0;
    sawNul |= b == 0;
    return b;
  }

  private IOException broken(String how) {
    return new IOException("at byte %d: %s".formatted(window.position(), how));
  }
}
