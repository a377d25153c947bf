package sparkjob.landed;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import sparkjob.failure.JobFailure;

/**
 * The content of a landed Parquet object's footer.
 *
 * @param isOfSpark whether Spark wrote it, which has no nanoseconds
 * @param chunks how its columns are written, each way once
 */
record ParquetObject(
    String uri, long rows, MessageType schema, boolean isOfSpark, Set<Chunk> chunks) {

  /** Spark's SPARK_VERSION_METADATA_KEY. */
  private static final String SPARK_VERSION = "org.apache.spark.version";

  /** How a part of a column is written. */
  record Chunk(ColumnDescriptor column, CompressionCodecName codec, Set<Encoding> encodings) {

    /** The column that it is a part or a member of. */
    String name() {
      return column.getPath()[0];
    }
  }

  /**
   * Reads an object's footer.
   *
   * @throws JobFailure if it is no Parquet, or has a column or a member twice
   */
  static ParquetObject read(String uri, Configuration hadoop) {
    try (ParquetFileReader reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(new Path(uri), hadoop))) {
      MessageType schema = reader.getFileMetaData().getSchema();
      mustBeThereOnce(uri, schema, "");
      Set<Chunk> chunks = new LinkedHashSet<>();
      for (BlockMetaData block : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData chunk : block.getColumns()) {
          ColumnDescriptor column = schema.getColumnDescription(chunk.getPath().toArray());
          chunks.add(new Chunk(column, chunk.getCodec(), chunk.getEncodings()));
        }
      }
      boolean isOfSpark = reader.getFileMetaData().getKeyValueMetaData().containsKey(SPARK_VERSION);
      return new ParquetObject(uri, reader.getRecordCount(), schema, isOfSpark, chunks);
    } catch (JobFailure e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw NewerTypes.in(uri, hadoop)
          .map(failure -> failure.causedBy(e))
          .orElseGet(() -> ParquetFailure.ofFooter(uri, e));
    }
  }

  private static void mustBeThereOnce(String uri, GroupType group, String in) {
    Set<String> names = new HashSet<>();
    for (Type field : group.getFields()) {
      String name = in + field.getName();
      if (!names.add(field.getName())) {
        throw JobFailure.data(
            "Cannot read %s as parquet: it has the column %s twice; have its writer give each a name of its own"
                .formatted(uri, name),
            List.of(uri));
      }
      Optional.of(field)
          .filter(type -> !type.isPrimitive())
          .ifPresent(type -> mustBeThereOnce(uri, type.asGroupType(), name + "."));
    }
  }
}
