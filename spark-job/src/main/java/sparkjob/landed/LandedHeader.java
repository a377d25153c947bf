package sparkjob.landed;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import sparkjob.text.CsvRecords;
import sparkjob.text.CsvSyntax;
import sparkjob.text.Header;
import sparkjob.text.TextStart;
import sparkjob.text.ValueForms;
import sparkjob.text.Window;

/** The beginning of a landed object's text. */
final class LandedHeader {

  private LandedHeader() {}

  /** An object's first record; nothing if it has none. */
  static Optional<Header> read(String uri, CsvSyntax syntax, ValueForms forms, Configuration hadoop)
      throws IOException {
    try (InputStream in = open(uri, Optional.of(syntax), forms, hadoop)) {
      return Header.read(new CsvRecords(new Window(in, 0), Long.MAX_VALUE, syntax), uri);
    }
  }

  /**
   * The object in UTF-8 from its first record on.
   *
   * @param csv how it is written if it is CSV
   */
  static InputStream open(
      String uri, Optional<CsvSyntax> csv, ValueForms forms, Configuration hadoop)
      throws IOException {
    PushbackInputStream in =
        new PushbackInputStream(Transcoded.open(uri, 0, forms, hadoop), TextStart.HEAD);
    byte[] head = in.readNBytes(TextStart.HEAD);
    int start = TextStart.of(head, uri, csv).length();
    in.unread(head, start, head.length - start);
    return in;
  }
}
