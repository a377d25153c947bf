package bench;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/** A landing prefix of many objects that answers a listing of the prefix, or of one key, at once. */
final class EndlessPrefix implements S3Client {

  private static final int PAGE = 1_000;
  private static final long SECONDS_PER_DAY = 86_400;

  /** Spreads the times and the ETags, so that neither is in the keys' order. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  private final int objects;
  private final String prefix;
  private final Instant begin;
  private final AtomicLong listed = new AtomicLong();

  EndlessPrefix(int objects, String prefix, Instant begin) {
    this.objects = objects;
    this.prefix = prefix;
    this.begin = begin;
  }

  /** How often the prefix was listed to its end. */
  long listed() {
    return listed.get();
  }

  S3Object object(int number) {
    long mixed = number * STRIDE;
    return S3Object.builder()
        .key("%s2026/11/22/orders-%010d.csv.gz".formatted(prefix, number))
        .eTag("\"%016x%016x\"".formatted(mixed, ~mixed))
        .size(1L + number)
        .lastModified(begin.plusSeconds(Math.floorMod(mixed, SECONDS_PER_DAY)))
        .build();
  }

  @Override
  public ListObjectsV2Response listObjectsV2(ListObjectsV2Request request) {
    if (!request.prefix().equals(prefix)) {
      return ListObjectsV2Response.builder()
          .contents(object(number(request.prefix())))
          .isTruncated(false)
          .build();
    }
    int first = request.startAfter() == null ? 0 : 1 + number(request.startAfter());
    int end = Math.min(objects, first + PAGE);
    if (end == objects) {
      listed.incrementAndGet();
    }
    return ListObjectsV2Response.builder()
        .contents(IntStream.range(first, end).mapToObj(this::object).toList())
        .isTruncated(end < objects)
        .build();
  }

  private static int number(String key) {
    return Integer.parseInt(key.replaceAll(".*-0*([0-9]+)\\.csv\\.gz", "$1"));
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
