package sparkjob.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Which fields of CSV are null: empty ones, and unquoted ones with certain texts. */
public final class NullValues {
  private final byte[][] texts;

  /** Prepares for these texts. */
  public NullValues(List<String> texts) {
    this.texts =
        texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
  }

  /** Whether a field of the current record is null. */
  public boolean has(CsvRecords records, int field) {
    return records.isAbsent(field)
        || (texts.length > 0 && records.isPlain(field) && isOneOfThem(records, field));
  }

  private boolean isOneOfThem(CsvRecords records, int field) {
    byte[] text = records.text(field);
    int from = records.from(field, text);
    int to = records.to(field, text);
    for (byte[] candidate : texts) {
      if (Arrays.equals(text, from, to, candidate, 0, candidate.length)) {
        return true;
      }
    }
    return false;
  }
}
