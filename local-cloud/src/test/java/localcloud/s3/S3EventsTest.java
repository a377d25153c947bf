package localcloud.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import localcloud.faults.Faults;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** S3's events of objects that the real client creates, against the form in its documentation. */
class S3EventsTest {
  private static final String BUCKET = "landing";
  private static final int PART_BYTES = 5 * 1024 * 1024;

  @TempDir Path data;
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private S3Server server;
  private S3Client s3;

  @BeforeEach
  void start() throws IOException {
    server = new S3Server(0, data.resolve("s3"), new Faults(Clock.systemUTC()));
    server.tellEvents(BUCKET, event -> events.add(JsonMapper.shared().readTree(event)));
    server.start();
    server.createBucket(BUCKET);
    server.createBucket("curated");
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build();
  }

  @AfterEach
  void stop() throws IOException {
    s3.close();
    server.close();
  }

  @Test
  void a_put_is_an_event_with_what_s3_says_of_the_object() {
    Instant before = Instant.ofEpochMilli(Clock.systemUTC().millis());
    String etag = put("iris/hello", "hello").replace("\"", "");

    JsonNode event = events(1).get(0);

    assertThat(List.copyOf(event.propertyNames()))
        .containsExactly(
            "eventVersion",
            "eventSource",
            "awsRegion",
            "eventTime",
            "eventName",
            "userIdentity",
            "requestParameters",
            "responseElements",
            "s3");
    assertThat(text(event, "/eventSource")).isEqualTo("aws:s3");
    assertThat(text(event, "/eventName")).isEqualTo("ObjectCreated:Put");
    assertThat(Instant.parse(text(event, "/eventTime"))).isAfterOrEqualTo(before);
    assertThat(text(event, "/s3/bucket/name")).isEqualTo(BUCKET);
    assertThat(text(event, "/s3/object/key")).isEqualTo("iris/hello");
    assertThat(text(event, "/s3/object/eTag")).isEqualTo(etag).doesNotContain("\"");
    assertThat(event.at("/s3/object/size").asLong()).isEqualTo(5);
    assertThat(text(event, "/s3/object/sequencer")).matches("[0-9A-F]{18}");
  }

  @ParameterizedTest
  @CsvSource({
    "with space+plus.csv, with+space%2Bplus.csv",
    "year=2026/100%.csv, year%3D2026/100%25.csv",
    "grüße/🌸.csv, gr%C3%BC%C3%9Fe/%F0%9F%8C%B8.csv"
  })
  void a_key_is_encoded_as_s3_encodes_it(String key, String encoded) {
    put(key, "x");

    assertThat(text(events(1).get(0), "/s3/object/key")).isEqualTo(encoded);
  }

  @Test
  void a_multipart_upload_is_one_event_when_it_is_complete() {
    String id = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("big")).uploadId();
    List<CompletedPart> parts =
        IntStream.rangeClosed(1, 2).mapToObj(number -> part(id, number)).toList();
    put("after the parts", "x");
    assertThat(text(events(1).get(0), "/s3/object/key")).isEqualTo("after+the+parts");

    s3.completeMultipartUpload(
        b -> b.bucket(BUCKET).key("big").uploadId(id).multipartUpload(u -> u.parts(parts)));

    JsonNode event = events(2).get(1);
    assertThat(text(event, "/eventName")).isEqualTo("ObjectCreated:CompleteMultipartUpload");
    assertThat(event.at("/s3/object/size").asLong()).isEqualTo(PART_BYTES + 10L);
    assertThat(text(event, "/s3/object/eTag")).isEqualTo(etag("big")).endsWith("-2");
  }

  @Test
  void a_copy_is_an_event_of_its_target() {
    put("from", "hello");

    s3.copyObject(
        b ->
            b.sourceBucket(BUCKET)
                .sourceKey("from")
                .destinationBucket(BUCKET)
                .destinationKey("to"));

    JsonNode event = events(2).get(1);
    assertThat(text(event, "/eventName")).isEqualTo("ObjectCreated:Copy");
    assertThat(text(event, "/s3/object/key")).isEqualTo("to");
    assertThat(text(event, "/s3/object/eTag")).isEqualTo(etag("to"));
  }

  @Test
  void what_the_stand_in_puts_by_itself_is_an_event_too_and_another_bucket_never() {
    server.put("curated", "log.gz", "application/gzip", new byte[] {1});
    s3.deleteObject(b -> b.bucket(BUCKET).key("absent"));
    server.put(BUCKET, "by-itself", "text/plain", new byte[] {1});

    assertThat(text(events(1).get(0), "/s3/object/key")).isEqualTo("by-itself");
    assertThat(text(events(1).get(0), "/s3/object/eTag")).isEqualTo(etag("by-itself"));
  }

  @Test
  void events_come_in_the_order_of_their_sequencers() {
    put("same", "1");
    put("same", "2");
    put("same", "3");

    assertThat(events(3))
        .extracting(event -> text(event, "/s3/object/sequencer"))
        .isSorted()
        .doesNotHaveDuplicates();
  }

  private CompletedPart part(String id, int number) {
    byte[] body = new byte[number == 1 ? PART_BYTES : 10];
    String etag =
        s3.uploadPart(
                b -> b.bucket(BUCKET).key("big").uploadId(id).partNumber(number),
                RequestBody.fromBytes(body))
            .eTag();
    return CompletedPart.builder().partNumber(number).eTag(etag).build();
  }

  private String put(String key, String body) {
    return s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(body)).eTag();
  }

  private String etag(String key) {
    return s3.headObject(b -> b.bucket(BUCKET).key(key)).eTag().replace("\"", "");
  }

  /** The only records of the messages, once there are so many. */
  private List<JsonNode> events(int count) {
    Awaitility.await().until(() -> events.size() >= count);
    assertThat(events).hasSize(count);
    return events.stream()
        .peek(event -> assertThat(event.at("/Records")).hasSize(1))
        .map(event -> event.at("/Records/0"))
        .toList();
  }

  private static String text(JsonNode event, String pointer) {
    return event.at(pointer).asString();
  }
}
