package sparkjob.contract;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
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

  private static final List<String> ENCODINGS =
      List.of(UTF_8, "ISO-8859-1", "windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE");

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

  static ValueForms read(Members forms) {
    String encoding = forms.optionalText("encoding").orElse(DEFAULT.encoding);
    if (!ENCODINGS.contains(encoding)) {
      throw forms.refused(
          "%s must be one of %s, and is %s".formatted(forms.name("encoding"), ENCODINGS, encoding));
    }
    ValueForms read =
        new ValueForms(
            encoding,
            forms.texts("nullValues"),
            pattern(forms, "dateFormat"),
            pattern(forms, "timestampFormat"),
            zone(forms));
    forms.nothingElse();
    return read;
  }

  private static String pattern(Members forms, String name) {
    String pattern = forms.optionalText(name).orElse("");
    try {
      new DateTimeFormatterBuilder().appendPattern(pattern);
    } catch (IllegalArgumentException e) {
      throw forms.refused("%s is %s: %s".formatted(forms.name(name), pattern, e.getMessage()));
    }
    return pattern;
  }

  private static ZoneId zone(Members forms) {
    String zone = forms.optionalText("timeZone").orElse("UTC");
    try {
      return zone.equals("UTC") ? ZoneOffset.UTC : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw forms.refused("%s is no time zone: %s".formatted(forms.name("timeZone"), zone));
    }
  }
}
