package landing;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads a landing prefix page by page, or one key of it, without ever fetching a body. */
@ApplicationScoped
public class LandingListing {

  private final S3Client s3;
  private final Clock clock;

  LandingListing(S3Client s3, Clock clock) {
    this.s3 = s3;
    this.clock = clock;
  }

  /**
   * The page that comes after a key. A key and not the continuation token leads to the next page:
   * it leads there for ever, also after an outage of hours. Keys that do not land for the pipeline
   * are left out ({@link LandingSettings#takes}).
   *
   * @param after the last key of the page before; empty: the first page
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is out of reach
   * @throws IllegalStateException if the store lists the same page again
   */
  public LandingPage page(String pipeline, LandingSettings settings, Optional<String> after) {
    return page(pipeline, settings, settings.prefix(), after);
  }

  /**
   * Likewise of a part of the landing prefix.
   *
   * @param prefix the landing prefix, and more
   */
  public LandingPage page(
      String pipeline, LandingSettings settings, String prefix, Optional<String> after) {
    ListObjectsV2Response answer =
        s3.listObjectsV2(
            request ->
                request
                    .bucket(settings.bucket())
                    .prefix(prefix)
                    // XML cannot hold all characters that a key may have; the SDK decodes them.
                    .encodingType(EncodingType.URL)
                    .startAfter(after.orElse(null)));
    List<S3Object> contents = answer.contents();
    Optional<String> last =
        contents.isEmpty()
            ? Optional.empty()
            : Optional.of(contents.get(contents.size() - 1).key());
    if (after.isPresent() && last.equals(after)) {
      throw new IllegalStateException(
          "the store lists %s again when it is asked for what comes after it; it must know ListObjectsV2's StartAfter, as S3's general purpose buckets do"
              .formatted(last.get()));
    }
    boolean isLast = last.isEmpty() || !Boolean.TRUE.equals(answer.isTruncated());
    return page(pipeline, settings, contents, last, isLast);
  }

  /**
   * Every object under the prefix now.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is out of reach
   */
  public Stream<LandedObject> all(String pipeline, LandingSettings settings) {
    return Stream.iterate(
            Optional.of(page(pipeline, settings, Optional.empty())),
            Optional::isPresent,
            page ->
                page.filter(before -> !before.isLast())
                    .map(before -> page(pipeline, settings, before.last())))
        .flatMap(page -> page.orElseThrow().objects().stream());
  }

  /**
   * The object of that key alone, as the listing shows it now; an empty page if there is none. It
   * takes no permission that the listing does not take.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is out of reach
   */
  public LandingPage at(String pipeline, LandingSettings settings, String key) {
    // Of the keys that begin with it, the key itself is the first.
    List<S3Object> found =
        s3
            .listObjectsV2(
                request ->
                    request
                        .bucket(settings.bucket())
                        .prefix(key)
                        .encodingType(EncodingType.URL)
                        .maxKeys(1))
            .contents()
            .stream()
            .filter(object -> object.key().equals(key))
            .toList();
    return page(pipeline, settings, found, Optional.empty(), true);
  }

  private LandingPage page(
      String pipeline,
      LandingSettings settings,
      List<S3Object> contents,
      Optional<String> last,
      boolean isLast) {
    Instant seenAt = clock.instant();
    Map<Boolean, List<S3Object>> identified =
        contents.stream()
            .filter(object -> settings.takes(object.key()))
            .collect(Collectors.partitioningBy(object -> object.eTag() != null));
    return new LandingPage(
        identified.get(true).stream()
            .map(object -> landed(pipeline, settings.bucket(), object, seenAt))
            .toList(),
        identified.get(false).stream().map(S3Object::key).toList(),
        last,
        isLast);
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
