package testing;

import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A bucket whose listing answers at once, in small pages. */
public final class ListedPrefixes implements S3Client {

  private static final int PAGE = 100;

  private final Map<String, NavigableMap<String, S3Object>> prefixes = new ConcurrentHashMap<>();
  private final AtomicInteger answers = new AtomicInteger(Integer.MAX_VALUE);

  /** A prefix with so many objects. */
  public ListedPrefixes with(String prefix, int objects) {
    NavigableMap<String, S3Object> all = new TreeMap<>();
    for (int i = 0; i < objects; i++) {
      String key = "%s%08d".formatted(prefix, i);
      all.put(key, object(key));
    }
    prefixes.put(prefix, all);
    return this;
  }

  /** A prefix whose listing comes to no end. */
  public ListedPrefixes withEndless(String prefix) {
    prefixes.put(prefix, new TreeMap<>());
    return this;
  }

  /** After so many answers every call fails. */
  public void breakAfter(int more) {
    answers.set(more);
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    if (answers.getAndDecrement() <= 0) {
      throw SdkClientException.create("out of reach");
    }
    String after = request.startAfter() == null ? request.prefix() : request.startAfter();
    NavigableMap<String, S3Object> all = prefixes.get(request.prefix());
    if (all.isEmpty()) {
      return endless(request.prefix(), after);
    }
    NavigableMap<String, S3Object> rest = all.tailMap(after, false);
    List<S3Object> page = rest.values().stream().limit(PAGE).toList();
    return ListObjectsV2Response.builder()
        .contents(page)
        .isTruncated(rest.size() > page.size())
        .build();
  }

  private static ListObjectsV2Response endless(String prefix, String after) {
    int next = after.equals(prefix) ? 0 : 1 + Integer.parseInt(after.substring(prefix.length()));
    return ListObjectsV2Response.builder()
        .contents(
            IntStream.range(next, next + PAGE)
                .mapToObj(i -> object("%s%08d".formatted(prefix, i)))
                .toList())
        .isTruncated(true)
        .build();
  }

  private static S3Object object(String key) {
    return S3Object.builder().key(key).eTag("\"e\"").size(1L).lastModified(Iris.NOON).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
