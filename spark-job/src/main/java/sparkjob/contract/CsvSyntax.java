package sparkjob.contract;

import java.io.Serializable;

/**
 * How CSV is written. Delimiter, quote and escape are ASCII, so that a record can be cut into
 * fields without decoding it: in UTF-8 no part of another character looks like one of ASCII (RFC
 * 3629, section 3).
 *
 * @param header whether the first record of each object names the columns
 * @param delimiter between two fields
 * @param quote around a field that holds a delimiter, a quote or a line end
 * @param escape within quotes, before a quote that is part of the value; the quote itself: doubled
 *     quotes
 */
public record CsvSyntax(boolean header, byte delimiter, byte quote, byte escape)
    implements Serializable {

  /** What applies where the job description says nothing: RFC 4180 without a header. */
  public static final CsvSyntax DEFAULT = new CsvSyntax(false, (byte) ',', (byte) '"', (byte) '"');

  static CsvSyntax read(Members input) {
    byte delimiter = character(input, "delimiter", DEFAULT.delimiter);
    byte quote = character(input, "quote", DEFAULT.quote);
    byte escape = character(input, "escape", DEFAULT.escape);
    if (delimiter == quote || delimiter == escape) {
      throw input.refused("input.delimiter must differ from input.quote and input.escape");
    }
    return new CsvSyntax(input.flag("header", DEFAULT.header), delimiter, quote, escape);
  }

  private static byte character(Members input, String name, byte absent) {
    String text = input.optionalText(name).orElse("");
    if (text.isEmpty()) {
      return absent;
    }
    char only = text.charAt(0);
    if (text.length() > 1 || only > 127 || only == '\n' || only == '\r' || only == 0) {
      throw input.refused(
          input.name(name) + " must be one ASCII character that ends no line, and is " + text);
    }
    return (byte) only;
  }
}
