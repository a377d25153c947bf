package sparkjob.text;

import contract.JobDescription;
import java.io.Serializable;
import java.util.Optional;

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

  /** The defaults: RFC 4180 without a header. */
  public static final CsvSyntax DEFAULT = new CsvSyntax(false, (byte) ',', (byte) '"', (byte) '"');

  /** From a job description. */
  public static CsvSyntax of(JobDescription.Input input) {
    return new CsvSyntax(
        input.header().orElse(DEFAULT.header),
        character(input.delimiter(), DEFAULT.delimiter),
        character(input.quote(), DEFAULT.quote),
        character(input.escape(), DEFAULT.escape));
  }

  private static byte character(Optional<String> written, byte absent) {
    return written.map(text -> (byte) text.charAt(0)).orElse(absent);
  }
}
