package localcloud.s3;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import localcloud.awsjson.AwsJson;

/**
 * S3's events about the objects that are created in a bucket, for a queue.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html">Event
 *     message structure</a>, on its members, and on keys that are URL-encoded
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-how-to-event-types-and-destinations.html">Event
 *     notification types and destinations</a>
 */
final class S3Events implements AutoCloseable {
  private static final Logger LOG = System.getLogger(S3Events.class.getName());
  private static final String REGION = "us-east-1";
  private static final String OWNER = "A1EXAMPLE";

  /** How an object was created, by S3's names. */
  enum Cause {
    PUT("ObjectCreated:Put"),
    COPY("ObjectCreated:Copy"),
    MULTIPART("ObjectCreated:CompleteMultipartUpload");

    private final String eventName;

    Cause(String eventName) {
      this.eventName = eventName;
    }
  }

  /**
   * A complete object.
   *
   * @param etag with or without quotes
   * @param size bytes
   */
  record Created(Cause cause, String bucket, String key, String etag, long size) {}

  private final String bucket;
  private final Consumer<String> queue;
  private final Clock clock;
  private final AtomicLong sequence;

  private final ExecutorService post =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "s3-events");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param bucket the bucket whose objects are reported
   * @param queue takes each event's JSON; may be slow, and may fail
   */
  S3Events(String bucket, Consumer<String> queue, Clock clock) {
    this.bucket = bucket;
    this.queue = queue;
    this.clock = clock;
    // A later start continues above the numbers of an earlier one.
    this.sequence = new AtomicLong(clock.millis() << 16);
  }

  /** Sends an event if the object is in the bucket; this happens later, in order. */
  void created(Created object) {
    if (object.bucket().equals(bucket)) {
      String event = event(object);
      post.execute(() -> hand(event));
    }
  }

  private void hand(String event) {
    try {
      queue.accept(event);
    } catch (RuntimeException e) {
      // S3 retries for a day or so; here only the end of the stand-in interrupts the sending.
      if (!post.isShutdown()) {
        LOG.log(Level.WARNING, "Cannot send an event of S3: " + e.getMessage());
      }
    }
  }

  private String event(Created created) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("key", encoded(created.key()));
    object.put("size", created.size());
    object.put("eTag", created.etag().replace("\"", ""));
    object.put("sequencer", "%018X".formatted(sequence.incrementAndGet()));
    Map<String, Object> in = new LinkedHashMap<>();
    in.put("name", created.bucket());
    in.put("ownerIdentity", Map.of("principalId", OWNER));
    in.put("arn", "arn:aws:s3:::" + created.bucket());
    Map<String, Object> s3 = new LinkedHashMap<>();
    s3.put("s3SchemaVersion", "1.0");
    s3.put("configurationId", "landing");
    s3.put("bucket", in);
    s3.put("object", object);
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("eventVersion", "2.1");
    event.put("eventSource", "aws:s3");
    event.put("awsRegion", REGION);
    event.put("eventTime", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    event.put("eventName", created.cause().eventName);
    event.put("userIdentity", Map.of("principalId", OWNER));
    event.put("requestParameters", Map.of("sourceIPAddress", "127.0.0.1"));
    event.put("responseElements", Map.of("x-amz-request-id", UUID.randomUUID().toString()));
    event.put("s3", s3);
    return new String(AwsJson.write(Map.of("Records", List.of(event))), StandardCharsets.UTF_8);
  }

  /** Encoded like a form, except slashes. */
  private static String encoded(String key) {
    return URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/");
  }

  /** Events that are not sent yet are lost. */
  @Override
  public void close() {
    post.shutdownNow();
  }
}
