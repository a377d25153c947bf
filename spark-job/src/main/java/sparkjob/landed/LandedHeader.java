package sparkjob.landed;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import sparkjob.contract.CsvSyntax;
import sparkjob.contract.ValueForms;
import sparkjob.text.ByteOrderMark;
import sparkjob.text.CsvRecords;
import sparkjob.text.Header;
import sparkjob.text.Window;

/** The beginning of a landed object's text. */
final class LandedHeader {

  private LandedHeader() {}

  /** What an object's first record holds; nothing if it has none. */
  static Optional<List<String>> read(
      String uri, CsvSyntax syntax, ValueForms forms, Configuration hadoop) throws IOException {
    try (InputStream in = open(uri, forms, hadoop)) {
      return Header.read(new CsvRecords(new Window(in, 0), Long.MAX_VALUE, syntax), uri);
    }
  }

  /** The object in UTF-8 from its first character on. */
  static InputStream open(String uri, ValueForms forms, Configuration hadoop) throws IOException {
    PushbackInputStream in = new PushbackInputStream(Transcoded.open(uri, 0, forms, hadoop), 3);
    byte[] head = in.readNBytes(3);
    int mark = ByteOrderMark.lengthOf(head, uri);
    in.unread(head, mark, head.length - mark);
    return in;
  }
}
