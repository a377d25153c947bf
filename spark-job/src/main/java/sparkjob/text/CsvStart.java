package sparkjob.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * Finds the first record of a split that begins in the middle of CSV. From there alone it is
 * unknown whether a line end lies within quotes, so both readings are tried on the following bytes,
 * and the one that gives records of the right width is taken.
 *
 * <p>This is a guess, which must be verified when the records are counted: each split must begin
 * where the one before it ended. The method is that of Ge et al., "Speculative Distributed CSV Data
 * Parsing for Big Data Analytics", SIGMOD 2019.
 *
 * @param width how many fields a record should have
 */
public record CsvStart(CsvSyntax syntax, int width) {
  private static final int RECORDS_TO_TRY = 100;

  /**
   * How many bytes of {@code head} come before the first record.
   *
   * @param head the bytes from one before the split's start on
   */
  public int find(byte[] head) throws IOException {
    // NUL begins a plain field, as if the split's start lay outside quotes. The first byte may
    // itself
    // be a quote that opens or is doubled, hence two readings of the inside.
    int best = afterRecord((byte) 0, head, 0);
    double bestScore = score(head, best);
    for (int from = 0; from <= 1 && bestScore < 1.0; from++) {
      int inside = afterRecord(syntax.quote(), head, from);
      double score = score(head, inside);
      if (score > bestScore) {
        best = inside;
        bestScore = score;
      }
    }
    return best;
  }

  /** Where the record ends that {@code head} cuts, read as if this byte came before. */
  private int afterRecord(byte before, byte[] head, int from) throws IOException {
    InputStream opening = new ByteArrayInputStream(new byte[] {before});
    InputStream rest = new ByteArrayInputStream(head, from, head.length - from);
    Window window = new Window(new SequenceInputStream(opening, rest), from - 1L);
    CsvRecords records = new CsvRecords(window, Long.MAX_VALUE, syntax);
    return records.next() ? (int) records.position() : head.length;
  }

  /** Which part of the records that follow is as it should be. */
  private double score(byte[] head, int from) throws IOException {
    Window window = new Window(new ByteArrayInputStream(head, from, head.length - from), from);
    CsvRecords records = new CsvRecords(window, Long.MAX_VALUE, syntax);
    int good = 0;
    int all = 0;
    while (all < RECORDS_TO_TRY && records.next() && records.position() < head.length) {
      all++;
      good += isGood(records) && records.fields() == width ? 1 : 0;
    }
    return all == 0 ? 0.0 : (double) good / all;
  }

  /**
   * A quote within a plain field is legal, but rather a sign that the text was cut within quotes.
   */
  private static boolean isGood(CsvRecords records) {
    return records.isWhole() && !records.hasStrayQuote();
  }
}
