package sparkjob.landed;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.io.SeekableInputStream;
import sparkjob.failure.JobFailure;

/**
 * Logical types that are newer than Spark's version of Parquet, which cannot read the footer of a
 * file with one of them, whatever column is read.
 */
final class NewerTypes {
  /** The footer's length, and four bytes of magic. */
  private static final int TAIL = 8;

  private NewerTypes() {}

  /** The failure that names the columns of such types; empty if the object has none. */
  static Optional<JobFailure> in(String uri, Configuration hadoop) {
    try {
      HadoopInputFile file = HadoopInputFile.fromPath(new Path(uri), hadoop);
      List<String> columns =
          footer(file).getSchema().stream()
              .filter(NewerTypes::isUnknown)
              .map(SchemaElement::getName)
              .toList();
      return columns.isEmpty()
          ? Optional.empty()
          : Optional.of(
              JobFailure.data(
                  "Cannot read the column %s of %s: its type is newer than this Spark, which therefore reads no column of the object; have it written with another type"
                      .formatted(String.join(", ", columns), uri),
                  List.of(uri)));
    } catch (IOException | RuntimeException e) {
      // Parquet's own reader has reported the mistake better before.
      return Optional.empty();
    }
  }

  private static FileMetaData footer(HadoopInputFile file) throws IOException {
    try (SeekableInputStream in = file.newStream()) {
      ByteBuffer length = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      in.seek(file.getLength() - TAIL);
      in.readFully(length.array());
      in.seek(file.getLength() - TAIL - length.getInt());
      return Util.readFileMetaData(in);
    }
  }

  private static boolean isUnknown(SchemaElement element) {
    return element.isSetLogicalType() && element.getLogicalType().getSetField() == null;
  }
}
