package sparkjob.landed;

import contract.InputFormat;
import contract.JobResult.Reject;
import contract.JobResult.RejectReason;
import contract.JobResult.Stripped;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;
import sparkjob.text.CsvLayout;
import sparkjob.text.CsvRecords;
import sparkjob.text.CsvRows;
import sparkjob.text.CsvStart;
import sparkjob.text.CsvSyntax;
import sparkjob.text.Header;
import sparkjob.text.JsonRecords;
import sparkjob.text.JsonRows;
import sparkjob.text.LineRecords;
import sparkjob.text.Records;
import sparkjob.text.RowParser;
import sparkjob.text.TextStart;
import sparkjob.text.Unparsable;
import sparkjob.text.Window;

/**
 * Reads the splits of one task: records that parse become rows, others are rejected, and all are
 * counted.
 */
final class LandedReader implements PartitionReader<InternalRow> {
  private static final int HEAD = 256 << 10;

  private final ReadPlan plan;
  private final Configuration hadoop;
  private final Iterator<Split> splits;
  private final RejectFile rejectFile;

  private Split split;
  private InputStream in;
  private Records records;
  private RowParser parser;
  private InternalRow row;

  private long start;
  private long read;
  private long rejected;
  private List<Reject> first = new ArrayList<>();
  private Map<String, RejectReason> reasons = new HashMap<>();
  private Map<String, Stripped> stripped = new TreeMap<>();
  private boolean ended;

  LandedReader(ReadPlan plan, int task) {
    this.plan = plan;
    this.hadoop = plan.hadoop().value();
    this.splits = plan.tasks().get(task).iterator();
    this.rejectFile = new RejectFile(plan.rejectedUri(), task, hadoop);
  }

  @Override
  public boolean next() throws IOException {
    while (!ended) {
      try {
        if (split == null && !openNext()) {
          ended = true;
          break;
        }
        if (!records.next()) {
          endSplit();
          continue;
        }
      } catch (IOException e) {
        throw ObjectStream.unreadable(split.uri(), plan.input().format(), e);
      }
      read++;
      try {
        row = parser.parse();
        return true;
      } catch (Unparsable e) {
        reject(e);
      }
    }
    rejectFile.store();
    return false;
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() throws IOException {
    TaskContext task = TaskContext.get();
    boolean isStoppedEarly =
        split != null && task != null && !task.isFailed() && !task.isInterrupted();
    if (isStoppedEarly) {
      // A LIMIT was reached: what has been read still counts.
      plan.counts().add(counted(SplitCount.UNKNOWN));
      rejectFile.store();
    }
    closeStream();
    rejectFile.close();
  }

  private boolean openNext() throws IOException {
    if (!splits.hasNext()) {
      return false;
    }
    split = splits.next();
    read = 0;
    rejected = 0;
    first = new ArrayList<>();
    reasons = new HashMap<>();
    stripped = new TreeMap<>();
    switch (plan.input().format()) {
      case CSV -> openCsv();
      case JSON_LINES -> {
        LineRecords lines = new LineRecords(window(0), split.to());
        records = lines;
        parser = new JsonRows(lines, plan.schema(), plan.input().forms());
      }
      case JSON -> {
        JsonRecords elements = new JsonRecords(window(0));
        records = elements;
        parser = new JsonRows(elements, plan.schema(), plan.input().forms());
      }
      case PARQUET -> throw new IllegalStateException("Parquet is read by Spark");
    }
    return true;
  }

  /** Finds the columns in the header of the split's object, once for each split. */
  private void openCsv() throws IOException {
    String uri = split.uri();
    CsvLayout layout = CsvLayout.inOrder(plan.schema().length());
    // An object without any record has no header and is fine.
    Optional<Header> header =
        plan.input().csv().header()
            ? LandedHeader.read(uri, plan.input().csv(), plan.input().forms(), hadoop)
            : Optional.empty();
    if (header.isPresent()) {
      layout = header.get().layout(plan.schema(), plan.input().mixedSchemas(), uri);
    }
    CsvRecords csv = new CsvRecords(window(layout.width()), split.to(), plan.input().csv());
    if (split.from() == 0 && header.isPresent()) {
      csv.next();
      strip(Stripped.BLANKS, header.get().hadBlanks() ? 1 : 0);
    }
    header.ifPresent(csv::passOver);
    records = csv;
    parser = new CsvRows(csv, plan.schema(), layout, plan.input().forms());
  }

  /**
   * A window that stands at the split's first record.
   *
   * @param width how many fields a record of CSV has
   */
  private Window window(int width) throws IOException {
    // From one byte before on: if that byte ends a line, then the split begins with a record.
    long from = Math.max(0, split.from() - 1);
    in = Transcoded.open(split.uri(), from, plan.input().forms(), hadoop);
    byte[] head = in.readNBytes(HEAD);
    int skipped;
    if (split.from() == 0) {
      Optional<CsvSyntax> csv =
          plan.input().format() == InputFormat.CSV
              ? Optional.of(plan.input().csv())
              : Optional.empty();
      TextStart before = TextStart.of(head, split.uri(), csv);
      skipped = before.length();
      strip(Stripped.DELIMITER_LINE, before.hasDelimiterLine() ? 1 : 0);
      start = 0;
    } else if (plan.input().format() == InputFormat.CSV) {
      skipped = new CsvStart(plan.input().csv(), width).find(head);
      start = from + skipped;
    } else {
      skipped = afterLineEnd(head);
      start = from + skipped;
    }
    InputStream rest = new ByteArrayInputStream(head, skipped, head.length - skipped);
    return new Window(
        new SequenceInputStream(rest, in), from + skipped, plan.input().forms().encoding());
  }

  private static int afterLineEnd(byte[] head) {
    int i = 0;
    while (i < head.length && head[i] != '\n') {
      i++;
    }
    return Math.min(head.length, i + 1);
  }

  private void reject(Unparsable why) throws IOException {
    rejected++;
    Reject reject = new Reject(split.uri(), why.getMessage(), records.raw());
    rejectFile.add(reject);
    String kind =
        reasons.size() < ReadCounts.KINDS_COUNTED || reasons.containsKey(why.kind())
            ? why.kind()
            : ReadCounts.OTHER_KINDS;
    reasons.merge(
        kind, new RejectReason(kind, 1, split.uri(), why.getMessage()), RejectReason::plus);
    if (first.size() < ReadCounts.REJECTS_SHOWN) {
      first.add(reject.shortenedTo(ReadCounts.CHARACTERS_SHOWN));
    }
  }

  private void strip(String what, int times) {
    if (times > 0) {
      stripped.put(what, new Stripped(what, times, split.uri()));
    }
  }

  private SplitCount counted(long end) {
    strip(Stripped.MARK, records.marks());
    strip(Stripped.HEADER, records instanceof CsvRecords csv ? csv.repeatedHeaders() : 0);
    return new SplitCount(split, read, rejected, start, end, first, reasons, stripped);
  }

  private void endSplit() throws IOException {
    plan.counts().add(counted(records.position()));
    closeStream();
    split = null;
  }

  private void closeStream() throws IOException {
    if (in != null) {
      in.close();
      in = null;
    }
  }
}
