package sparkjob.text;

import contract.JobDescription;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * The forms of values in text.
 *
 * @param encoding the charset's name
 * @param nullValues CSV: texts that mean null if they are not in quotes, besides the empty field
 * @param dateFormat a pattern of {@link DateTimeFormatter}; empty: ISO 8601
 * @param timestampFormat a pattern of {@link DateTimeFormatter}; empty: ISO 8601
 * @param timeZone the zone of timestamps that state none
 */
public record ValueForms(
    String encoding,
    List<String> nullValues,
    String dateFormat,
    String timestampFormat,
    ZoneId timeZone)
    implements Serializable {

  /** The encoding in which objects can be split. */
  public static final String UTF_8 = "UTF-8";

  /** The defaults. */
  public static final ValueForms DEFAULT = new ValueForms(UTF_8, List.of(), "", "", ZoneOffset.UTC);

  /** Copies the list. */
  public ValueForms {
    nullValues = List.copyOf(nullValues);
  }

  /** Whether the bytes are UTF-8 as they are. */
  public boolean isUtf8() {
    return encoding.equals(UTF_8);
  }

  /** The encoding. */
  public Charset charset() {
    return Charset.forName(encoding);
  }

  /** From a job description. */
  public static ValueForms of(JobDescription.Forms forms) {
    return new ValueForms(
        forms.encoding().orElse(DEFAULT.encoding),
        forms.nullValues().orElse(DEFAULT.nullValues),
        forms.dateFormat().orElse(DEFAULT.dateFormat),
        forms.timestampFormat().orElse(DEFAULT.timestampFormat),
        forms.timeZone().map(ValueForms::zone).orElse(DEFAULT.timeZone));
  }

  private static ZoneId zone(String name) {
    return name.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(name);
  }
}
