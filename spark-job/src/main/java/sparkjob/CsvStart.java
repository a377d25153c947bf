package sparkjob;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.SequenceInputStream;

/**
 * Finds the first record of a split that begins in the middle of CSV. From there alone nobody can
 * know whether a line end lies within quotes, so both readings are tried on what follows, and the
 * one that gives records of the right width is taken.
 *
 * <p>This is a guess, which {@link ReadCounts#misreadObjects} proves afterwards: each split must
 * begin where the one before it ended. The method is that of Ge et al., "Speculative Distributed
 * CSV Data Parsing for Big Data Analytics", SIGMOD 2019.
 */
final class CsvStart {
  private static final int RECORDS_TO_TRY = 100;

  private final CsvSyntax syntax;
  private final int width;

  /**
   * Prepares to look.
   *
   * @param width how many fields a record should have
   */
  CsvStart(CsvSyntax syntax, int width) {
    this.syntax = syntax;
    this.width = width;
  }

  /**
   * How many bytes of {@code head} come before the first record.
   *
   * @param head the bytes from one before the split's start on
   */
  int find(byte[] head) throws IOException {
    int outside = afterFirstLine(head);
    double outsideScore = score(head, outside);
    if (outsideScore == 1.0) {
      return outside;
    }
    int inside = afterClosingQuote(head);
    return score(head, inside) > outsideScore ? inside : outside;
  }

  private static int afterFirstLine(byte[] head) {
    int i = 0;
    while (i < head.length && head[i] != '\n' && head[i] != '\r') {
      i++;
    }
    boolean isPair = i + 1 < head.length && head[i] == '\r' && head[i + 1] == '\n';
    return Math.min(head.length, i + (isPair ? 2 : 1));
  }

  /** Where the first record begins if the split's start lies within quotes. */
  private int afterClosingQuote(byte[] head) throws IOException {
    byte[] opening = {syntax.quote()};
    CsvRecords records =
        new CsvRecords(
            new Window(
                new SequenceInputStream(
                    new ByteArrayInputStream(opening), new ByteArrayInputStream(head)),
                0),
            Long.MAX_VALUE,
            syntax);
    return records.next() ? (int) Math.min(head.length, records.position() - 1) : head.length;
  }

  /** Which part of the records that follow is as it should be. */
  private double score(byte[] head, int from) throws IOException {
    Window window = new Window(new ByteArrayInputStream(head, from, head.length - from), from);
    CsvRecords records = new CsvRecords(window, Long.MAX_VALUE, syntax);
    int good = 0;
    int all = 0;
    while (all < RECORDS_TO_TRY && records.next() && records.position() < head.length) {
      all++;
      good += records.isWhole() && records.fields() == width ? 1 : 0;
    }
    return all == 0 ? 0.0 : (double) good / all;
  }
}
