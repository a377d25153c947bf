package sparkjob.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;

/**
 * The JSON text of one record. Two things are refused anywhere in it, even in members that are not
 * declared: a member that its object has twice, one of which would be lost, and half of a surrogate
 * pair, which is no character (RFC 8259, sections 4 and 8.2).
 */
final class JsonText {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private JsonText() {}

  /**
   * A parser before the first token of its reader's current record.
   *
   * @throws Unparsable if it is no text, or has half of a surrogate pair
   */
  static JsonParser parser(Records records) throws IOException, Unparsable {
    records.check();
    Window window = records.window;
    checkEscapes(window.bytes, window.start, window.start + records.contentLength);
    return JSON.createParser(window.bytes, window.start, records.contentLength);
  }

  /** Why the record cannot be read as JSON. */
  static Unparsable unparsable(String record, JsonProcessingException e) {
    if (e.getProcessor() instanceof JsonParser json
        && e.getOriginalMessage().startsWith("Duplicate ")) {
      String path = json.getParsingContext().pathAsPointer().toString();
      return new Unparsable(
          "a member is there twice in its object",
          "the member " + path.substring(1).replace('/', '.') + " is there twice in its object");
    }
    String kind = "the " + record + " is not JSON";
    return new Unparsable(kind, kind + ": " + e.getOriginalMessage());
  }

  private static void checkEscapes(byte[] text, int from, int to) throws Unparsable {
    int i = from;
    while (i < to) {
      i += text[i] == '\\' ? lengthOfEscape(text, i, to) : 1;
    }
  }

  private static int lengthOfEscape(byte[] text, int from, int to) throws Unparsable {
    int unit = unit(text, from, to);
    if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
      return 2;
    }
    int next = unit(text, from + 6, to);
    boolean isPair =
        unit <= Character.MAX_HIGH_SURROGATE
            && next >= Character.MIN_LOW_SURROGATE
            && next <= Character.MAX_LOW_SURROGATE;
    if (!isPair) {
      throw new Unparsable(
          "it holds half of a surrogate pair",
          "it holds \\u%04x, which is half of a character (of a surrogate pair)".formatted(unit));
    }
    return 12;
  }

  /** The unit of UTF-16 that is escaped there, or -1. */
  private static int unit(byte[] text, int from, int to) {
    if (from + 6 > to || text[from] != '\\' || text[from + 1] != 'u') {
      return -1;
    }
    int unit = 0;
    for (int i = from + 2; i < from + 6; i++) {
      unit = unit * 16 + Character.digit(text[i], 16);
    }
    return unit;
  }
}
