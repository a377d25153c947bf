package curated;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/** Deletes what no table registers. */
@ApplicationScoped
public class CuratedFiles {

  private final S3Client s3;

  CuratedFiles(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * Deletes everything below an attempt's output prefix, a page of ListObjectsV2 with each
   * DeleteObjects; both have 1,000 keys at most.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is out of reach
   * @throws IllegalStateException if S3 says that one of them was not deleted
   */
  public void delete(RunPaths paths, int attempt) {
    String bucket = paths.settings().bucket();
    s3.listObjectsV2Paginator(request -> request.bucket(bucket).prefix(paths.outputPrefix(attempt)))
        .forEach(page -> delete(bucket, page));
  }

  private void delete(String bucket, ListObjectsV2Response page) {
    if (page.contents().isEmpty()) {
      return;
    }
    List<ObjectIdentifier> keys =
        page.contents().stream()
            .map(object -> ObjectIdentifier.builder().key(object.key()).build())
            .toList();
    DeleteObjectsResponse answer =
        s3.deleteObjects(
            request -> request.bucket(bucket).delete(delete -> delete.objects(keys).quiet(true)));
    for (S3Error error : answer.errors()) {
      throw new IllegalStateException(
          "Cannot delete s3://%s/%s: %s (%s)"
              .formatted(bucket, error.key(), error.message(), error.code()));
    }
  }
}
