package archive;

import batch.LandedObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tagging;

/**
 * Copies an object that is too large for CopyObject within its bucket: the copy appears with its
 * last part, or not at all. Like CopyObject it keeps the content's headers, the metadata and, if
 * the service may read them, the tags.
 *
 * <p>A crash leaves an incomplete upload, which only a lifecycle rule of the bucket removes
 * (docs/aws.md).
 *
 * @param s3 the client
 * @param partSize the size of every part except the last, in bytes; larger if there would be too
 *     many parts
 */
record PartwiseCopy(S3Client s3, long partSize) {

  /** S3 copies a part within seconds, and may take minutes to combine the parts. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Amazon S3 User Guide, "Amazon S3 multipart upload limits". */
  private static final long MOST_PARTS = 10_000;

  private static final int FORBIDDEN = 403;
  private static final int NOT_IMPLEMENTED = 501;

  /**
   * Copies the object.
   *
   * @param there S3's description of the object
   * @param key the key of the copy
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable, or
   *     the object was overwritten (412); then there is no copy
   */
  void copy(LandedObject object, HeadObjectResponse there, String key) {
    String upload = begin(object, there, key);
    try {
      List<CompletedPart> parts = parts(object, there, key, upload);
      s3.completeMultipartUpload(
          request ->
              request
                  .bucket(object.bucket())
                  .key(key)
                  .uploadId(upload)
                  .multipartUpload(completed -> completed.parts(parts))
                  .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)));
    } catch (RuntimeException e) {
      abort(object, key, upload, e);
      throw e;
    }
  }

  private String begin(LandedObject object, HeadObjectResponse there, String key) {
    Tagging tags = tags(object);
    return s3.createMultipartUpload(
            request -> {
              request
                  .bucket(object.bucket())
                  .key(key)
                  .metadata(there.metadata())
                  .contentType(there.contentType())
                  .contentEncoding(there.contentEncoding())
                  .contentLanguage(there.contentLanguage())
                  .contentDisposition(there.contentDisposition())
                  .cacheControl(there.cacheControl());
              if (there.expiresString() != null) {
                // As a text: S3 keeps a value that is no date too, and the SDK does not.
                request.overrideConfiguration(
                    call -> call.putHeader("Expires", there.expiresString()));
              }
              if (!tags.tagSet().isEmpty()) {
                request.tagging(tags);
              }
            })
        .uploadId();
  }

  /** No tags if the service may not read them, or the store has none. */
  private Tagging tags(LandedObject object) {
    try {
      return Tagging.builder()
          .tagSet(
              s3.getObjectTagging(request -> request.bucket(object.bucket()).key(object.key()))
                  .tagSet())
          .build();
    } catch (S3Exception e) {
      if (e.statusCode() == FORBIDDEN || e.statusCode() == NOT_IMPLEMENTED) {
        return Tagging.builder().tagSet(List.of()).build();
      }
      throw e;
    }
  }

  private List<CompletedPart> parts(
      LandedObject object, HeadObjectResponse there, String key, String upload) {
    long size = there.contentLength();
    long step = partSize(size);
    List<CompletedPart> parts = new ArrayList<>();
    for (long from = 0; from < size; from += step) {
      int number = parts.size() + 1;
      String range = "bytes=%d-%d".formatted(from, Math.min(from + step, size) - 1);
      String etag =
          s3.uploadPartCopy(
                  request ->
                      request
                          .sourceBucket(object.bucket())
                          .sourceKey(object.key())
                          .copySourceIfMatch(there.eTag())
                          .copySourceRange(range)
                          .destinationBucket(object.bucket())
                          .destinationKey(key)
                          .uploadId(upload)
                          .partNumber(number)
                          .overrideConfiguration(call -> call.apiCallTimeout(PATIENCE)))
              .copyPartResult()
              .eTag();
      parts.add(CompletedPart.builder().partNumber(number).eTag(etag).build());
    }
    return parts;
  }

  /** The size of the parts of an object of that size, in bytes. */
  long partSize(long size) {
    return Math.max(partSize, (size + MOST_PARTS - 1) / MOST_PARTS);
  }

  private void abort(LandedObject object, String key, String upload, RuntimeException why) {
    try {
      s3.abortMultipartUpload(request -> request.bucket(object.bucket()).key(key).uploadId(upload));
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }
}
