package curated;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** The files below an attempt's output prefix. */
@ApplicationScoped
public class CuratedFiles {

  private final S3Client s3;

  CuratedFiles(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * The size in bytes of each object, by its URI; one ListObjectsV2 for each 1,000.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public Map<String, Long> sizes(RunPaths paths, int attempt) {
    return pages(paths, attempt).contents().stream()
        .collect(Collectors.toMap(object -> paths.uri(object.key()), S3Object::size));
  }

  /**
   * Deletes everything below an attempt's output prefix, a page of ListObjectsV2 with each
   * DeleteObjects; both have 1,000 keys at most.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   * @throws IllegalStateException if S3 says that one of them was not deleted
   */
  public void delete(RunPaths paths, int attempt) {
    pages(paths, attempt).forEach(page -> delete(paths.settings().bucket(), page));
  }

  private ListObjectsV2Iterable pages(RunPaths paths, int attempt) {
    return s3.listObjectsV2Paginator(
        request -> request.bucket(paths.settings().bucket()).prefix(paths.outputPrefix(attempt)));
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
