package curated;

import contract.Column;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.EncryptionAlgorithm;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/**
 * The content of a Parquet file's footer.
 *
 * @param columns the columns with Spark SQL's types, in the file's order
 * @param rows the number of rows
 */
record ParquetFooter(List<Column> columns, long rows) {

  /** The last four bytes of a file; the footer's length is in the four before. */
  static final int TAIL = 8;

  private static final int MAGIC = 4;
  private static final String PLAIN = "PAR1";
  private static final String ENCRYPTED = "PARE";

  /**
   * The length of the footer.
   *
   * @param end the file's last bytes, at least {@value #TAIL}
   * @param size the file's size in bytes
   * @throws IllegalArgumentException saying what is wrong, as the rest of a sentence that begins
   *     with the file
   * @see <a href="https://parquet.apache.org/docs/file-format/">File Format</a>
   */
  static int length(byte[] end, long size) {
    if (size < MAGIC + TAIL) {
      throw new IllegalArgumentException("is no Parquet file: it has %d bytes".formatted(size));
    }
    String magic = new String(end, end.length - MAGIC, MAGIC, StandardCharsets.ISO_8859_1);
    if (magic.equals(ENCRYPTED)) {
      throw new IllegalArgumentException("is encrypted, and this service has no key");
    }
    if (!magic.equals(PLAIN)) {
      throw new IllegalArgumentException("is no Parquet file, or a truncated one");
    }
    int length =
        ByteBuffer.wrap(end, end.length - TAIL, MAGIC).order(ByteOrder.LITTLE_ENDIAN).getInt();
    if (length <= 0 || length > size - MAGIC - TAIL) {
      throw new IllegalArgumentException(
          "is a damaged Parquet file: its footer has no sound length");
    }
    return length;
  }

  /**
   * Reads a footer.
   *
   * @throws IllegalArgumentException saying what is wrong, as the rest of a sentence that begins
   *     with the file
   * @throws IllegalStateException if the reader itself is at fault: a native image lacks one of its
   *     structs
   */
  static ParquetFooter read(byte[] bytes) {
    Members members = new Members();
    try {
      Util.readFileMetaData(
          new ByteArrayInputStream(bytes), members, true, null, null, bytes.length);
    } catch (IOException | RuntimeException e) {
      if (e.getCause() instanceof ReflectiveOperationException) {
        throw new IllegalStateException("Cannot read any footer of Parquet: " + e.getCause(), e);
      }
      throw new IllegalArgumentException(
          "is a damaged Parquet file: its footer cannot be read (%s)".formatted(e.getMessage()), e);
    }
    if (members.isEncrypted) {
      throw new IllegalArgumentException("has encrypted columns, and this service has no key");
    }
    return new ParquetFooter(
        ParquetTypes.columns(members.schema),
        members.rows.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "is a damaged Parquet file: it states no number of rows")));
  }

  /** Keeps only what is needed: the rest may be many times larger. */
  private static final class Members extends Util.FileMetaDataConsumer {

    private List<SchemaElement> schema = List.of();
    private Optional<Long> rows = Optional.empty();
    private boolean isEncrypted;

    @Override
    public void setVersion(int version) {}

    @Override
    public void setSchema(List<SchemaElement> elements) {
      schema = elements;
    }

    @Override
    public void setNumRows(long number) {
      rows = Optional.of(number);
    }

    @Override
    public void addRowGroup(RowGroup group) {}

    @Override
    public void addKeyValueMetaData(KeyValue pair) {}

    @Override
    public void setCreatedBy(String writer) {}

    @Override
    public void setEncryptionAlgorithm(EncryptionAlgorithm algorithm) {
      isEncrypted = true;
    }

    @Override
    public void setFooterSigningKeyMetadata(byte[] metadata) {}
  }
}
