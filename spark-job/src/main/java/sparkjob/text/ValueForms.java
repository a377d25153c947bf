package sparkjob.text;

import contract.JobDescription;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * How text writes its values.
 *
 * @param encoding the charset's name
 * @param nullValues CSV: what stands for null where it is not in quotes, beside nothing at all
 * @param dateFormat a pattern of {@link DateTimeFormatter}; empty: ISO 8601
 * @param timestampFormat likewise
 * @param timeZone of timestamps that tell none
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

  /** What applies where the job description says nothing. */
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

  /** What a job description says. */
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
