package landing;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Reads a landing prefix page by page, or one key of it, without ever fetching a body. */
@ApplicationScoped
public class LandingListing {

  /** By UTF-8's bytes (Amazon S3 User Guide, "Listing object keys programmatically"). */
  private static final Comparator<String> AS_S3_SORTS =
      Comparator.comparing(key -> key.getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  /** How many keys one call may return for each key that is looked up. */
  private static final int NEIGHBOURS = 4;

  private final S3Client s3;
  private final Clock clock;

  LandingListing(S3Client s3, Clock clock) {
    this.s3 = s3;
    this.clock = clock;
  }

  /**
   * The page after a key. It uses the key instead of the continuation token, because a key is valid
   * for ever, even after an outage of hours. Keys that do not land for the pipeline are left out
   * ({@link LandingSettings#takes}).
   *
   * @param after the last key of the page before; empty: the first page
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   * @throws IllegalStateException if the store lists the same page again
   */
  public LandingPage page(String pipeline, LandingSettings settings, Optional<String> after) {
    return page(pipeline, settings, settings.prefix(), after);
  }

  /**
   * The page after a key in a part of the landing prefix.
   *
   * @param prefix the landing prefix or a longer one
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
    Optional<String> last = contents.isEmpty() ? Optional.empty() : Optional.of(last(contents));
    if (after.isPresent() && last.equals(after)) {
      throw new IllegalStateException(
          "the store lists %s again when it is asked for what comes after it; it must support ListObjectsV2's StartAfter, as S3's general purpose buckets do"
              .formatted(last.get()));
    }
    boolean isLast = last.isEmpty() || !Boolean.TRUE.equals(answer.isTruncated());
    return page(pipeline, settings, contents, last, isLast);
  }

  /**
   * Every object under the prefix now.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
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
   * needs no permission beyond that of the listing.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public LandingPage at(String pipeline, LandingSettings settings, String key) {
    // Among the keys that begin with it, the key itself comes first.
    List<S3Object> found = from(settings.bucket(), key, null, 1).contents();
    return page(
        pipeline, settings, found.stream().filter(object -> object.key().equals(key)).toList());
  }

  /**
   * The objects of several keys. Neighbouring keys, such as the files of one writer, share a call;
   * there are never more than two calls per key.
   *
   * @return a page for each key
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public Map<String, LandingPage> at(
      String pipeline, LandingSettings settings, Collection<String> keys) {
    Map<String, LandingPage> pages = new HashMap<>();
    TreeSet<String> left = new TreeSet<>(AS_S3_SORTS);
    left.addAll(keys);
    while (left.size() > 1) {
      String first = left.first();
      ListObjectsV2Response answer =
          from(
              settings.bucket(),
              commonPrefix(first, left.last()),
              withoutItsEnd(first),
              left.size() * NEIGHBOURS);
      Map<String, S3Object> found =
          answer.contents().stream().collect(Collectors.toMap(S3Object::key, one -> one));
      List<String> reached =
          Boolean.TRUE.equals(answer.isTruncated()) && !answer.contents().isEmpty()
              ? List.copyOf(left.headSet(last(answer.contents()), true))
              : List.copyOf(left);
      for (String key : reached) {
        pages.put(
            key, page(pipeline, settings, Optional.ofNullable(found.get(key)).stream().toList()));
      }
      if (reached.isEmpty()) {
        pages.put(first, at(pipeline, settings, first));
        left.remove(first);
      }
      left.removeAll(reached);
    }
    left.forEach(key -> pages.put(key, at(pipeline, settings, key)));
    return pages;
  }

  private ListObjectsV2Response from(String bucket, String prefix, String after, int most) {
    return s3.listObjectsV2(
        request ->
            request
                .bucket(bucket)
                .prefix(prefix)
                .startAfter(after)
                .encodingType(EncodingType.URL)
                .maxKeys(most));
  }

  private static String commonPrefix(String one, String other) {
    int length = 0;
    while (length < Math.min(one.length(), other.length())
        && one.codePointAt(length) == other.codePointAt(length)) {
      length += Character.charCount(one.codePointAt(length));
    }
    return one.substring(0, length);
  }

  /** A text that sorts shortly before the key. */
  private static String withoutItsEnd(String key) {
    return key.substring(0, key.offsetByCodePoints(key.length(), -1));
  }

  private static String last(List<S3Object> contents) {
    return contents.get(contents.size() - 1).key();
  }

  private LandingPage page(String pipeline, LandingSettings settings, List<S3Object> found) {
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
