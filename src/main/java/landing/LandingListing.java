package landing;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads a landing prefix page by page, without ever fetching a body. */
@ApplicationScoped
public class LandingListing {

  private final S3Client s3;
  private final Clock clock;

  LandingListing(S3Client s3, Clock clock) {
    this.s3 = s3;
    this.clock = clock;
  }

  /**
   * The objects under the prefix, one list for each page of ListObjectsV2 (1,000 keys in the order
   * of their names). Each page is fetched when the stream comes to it. Folder markers, keys that
   * end with a slash, are left out.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is out of reach
   */
  public Stream<List<LandedObject>> pages(String pipeline, LandingSettings settings) {
    Instant seenAt = clock.instant();
    return s3
        .listObjectsV2Paginator(
            request -> request.bucket(settings.bucket()).prefix(settings.prefix()))
        .stream()
        .map(
            page ->
                page.contents().stream()
                    .filter(object -> !object.key().endsWith("/"))
                    .map(object -> landed(pipeline, settings.bucket(), object, seenAt))
                    .toList());
  }

  private static LandedObject landed(
      String pipeline, String bucket, S3Object object, Instant seenAt) {
    return new LandedObject(
        pipeline,
        bucket,
        object.key(),
        object.eTag().replace("\"", ""),
        object.size(),
        object.lastModified(),
        seenAt);
  }
}
