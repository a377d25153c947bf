package landing;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
   * A page of ListObjectsV2: 1,000 keys in the order of their names, without those that do not land
   * for the pipeline ({@link LandingSettings#takes}).
   *
   * @param objects what has landed
   * @param unidentified the keys that are listed without an ETag, as stores other than Amazon's may
   *     do: without it nobody can tell one version of an object from the next
   */
  public record Page(List<LandedObject> objects, List<String> unidentified) {}

  /**
   * The objects under the prefix. Each page is fetched when the stream comes to it.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is out of reach
   */
  public Stream<Page> pages(String pipeline, LandingSettings settings) {
    Instant seenAt = clock.instant();
    return s3
        .listObjectsV2Paginator(
            request -> request.bucket(settings.bucket()).prefix(settings.prefix()))
        .stream()
        .map(page -> page(pipeline, settings, page.contents(), seenAt));
  }

  private static Page page(
      String pipeline, LandingSettings settings, List<S3Object> contents, Instant seenAt) {
    Map<Boolean, List<S3Object>> identified =
        contents.stream()
            .filter(object -> settings.takes(object.key()))
            .collect(Collectors.partitioningBy(object -> object.eTag() != null));
    return new Page(
        identified.get(true).stream()
            .map(object -> landed(pipeline, settings.bucket(), object, seenAt))
            .toList(),
        identified.get(false).stream().map(S3Object::key).toList());
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
