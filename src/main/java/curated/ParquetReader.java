package curated;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads the footers of Parquet files in S3, and nothing else of each file. */
@ApplicationScoped
class ParquetReader {

  /** How much of every file's end is read; most footers fit. */
  private static final int END = 64 << 10;

  /** A longer footer is not read, because it is held in memory meanwhile. */
  private static final int LONGEST = 64 << 20;

  private final S3Client s3;

  ParquetReader(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * The file's footer.
   *
   * @throws IllegalArgumentException saying what is wrong, as the rest of a sentence that begins
   *     with the file
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable, or
   *     has another version of the file now
   */
  ParquetFooter footer(String bucket, S3Object file) {
    long size = file.size();
    byte[] end = size == 0 ? new byte[0] : range(bucket, file, Math.max(0, size - END), size);
    int length = ParquetFooter.length(end, size);
    int from = end.length - ParquetFooter.TAIL - length;
    return from >= 0
        ? ParquetFooter.read(Arrays.copyOfRange(end, from, from + length))
        : longFooter(bucket, file, length);
  }

  /** One at a time, because of the memory. */
  private synchronized ParquetFooter longFooter(String bucket, S3Object file, int length) {
    if (length > LONGEST) {
      throw new IllegalArgumentException(
          "has a footer of %d bytes, and more than %d are not read; write fewer row groups a file"
              .formatted(length, LONGEST));
    }
    long end = file.size() - ParquetFooter.TAIL;
    return ParquetFooter.read(range(bucket, file, end - length, end));
  }

  private byte[] range(String bucket, S3Object file, long from, long to) {
    return s3.getObjectAsBytes(
            request ->
                request
                    .bucket(bucket)
                    .key(file.key())
                    .ifMatch(file.eTag())
                    .range("bytes=%d-%d".formatted(from, to - 1)))
        .asByteArrayUnsafe();
  }
}
