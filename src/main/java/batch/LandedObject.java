package batch;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One version of one S3 object in a pipeline's landing prefix. Its identity is pipeline, bucket,
 * key and ETag: the same key with another ETag is another landed object.
 *
 * @param pipeline the pipeline that it landed for
 * @param bucket the bucket's name
 * @param key the object's key as it is, not URL-encoded
 * @param etag the ETag without its quotes
 * @param size bytes
 * @param lastModified as S3 reports it
 * @param seenAt when the service first saw it; a batch's age counts from here
 * @param checksum that of its whole content with the algorithm's name; absent if S3 was not asked
 *     or has none
 */
public record LandedObject(
    String pipeline,
    String bucket,
    String key,
    String etag,
    long size,
    Instant lastModified,
    Instant seenAt,
    Optional<String> checksum) {

  private static final int NAMED = 3;

  public LandedObject {
    Objects.requireNonNull(pipeline);
    Objects.requireNonNull(bucket);
    Objects.requireNonNull(key);
    Objects.requireNonNull(etag);
    Objects.requireNonNull(lastModified);
    Objects.requireNonNull(seenAt);
  }

  /** An object without a checksum. */
  public LandedObject(
      String pipeline,
      String bucket,
      String key,
      String etag,
      long size,
      Instant lastModified,
      Instant seenAt) {
    this(pipeline, bucket, key, etag, size, lastModified, seenAt, Optional.empty());
  }

  /** The same with that checksum of its content. */
  public LandedObject withChecksum(Optional<String> known) {
    return new LandedObject(pipeline, bucket, key, etag, size, lastModified, seenAt, known);
  }

  /** The object's address, {@code s3://bucket/key}; the key is not encoded. */
  public String uri() {
    return "s3://" + bucket + "/" + key;
  }

  /**
   * The objects' addresses for a message, on one line whatever their keys contain: the first few,
   * and how many more there are.
   */
  public static String names(List<LandedObject> objects) {
    String first =
        objects.stream()
            .limit(NAMED)
            .map(object -> object.uri().replaceAll("\\p{Cntrl}", "?"))
            .collect(Collectors.joining(", "));
    return objects.size() <= NAMED
        ? first
        : first + " and %d more".formatted(objects.size() - NAMED);
  }
}
