package localcloud.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import localcloud.faults.Faults;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The S3 stand-in, by the AWS SDK for Java v2 with its default checksums.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html">ListObjectsV2</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">PutObject</a>,
 *     on ETag and If-None-Match
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html">Multipart
 *     upload</a>
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html">Naming
 *     Amazon S3 objects</a>
 */
class S3ServerTest {
  private static final String BUCKET = "landing";
  private static final byte[] HALF = new byte[500_000];
  private static final int PART_BYTES = 5 * 1024 * 1024;

  @TempDir static Path data;
  static S3Server server;
  static S3Client s3;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(0, data.resolve("s3"), new Faults(Clock.systemUTC()));
    server.start();
    server.createBucket(BUCKET);
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
            .build();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
    server.close();
  }

  @Test
  void object_is_the_plain_file_below_the_bucket_folder() throws IOException {
    put("iris/part 1.csv", "5.1,3.5\n");

    assertThat(server.root().resolve(BUCKET).resolve("iris/part 1.csv")).hasContent("5.1,3.5\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with space.csv",
        "a+b=c&d?.csv",
        "100%25.csv",
        "quotes'\".csv",
        "grüße/データ/🌸.csv",
        "deep/1/2/3/4/5/6/7/8/9/10/x.csv",
        "colon:and,comma;semi",
        "a/b//c.csv",
        "trailing.dot."
      })
  void key_comes_back_as_it_was_put(String key) {
    put(key, key);

    assertThat(get(key)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"list/with space+plus%.csv", "list/quote'\"/🌸.csv", "list/100%25", "list/a=b&c"})
  void key_is_listed_as_it_was_put(String key) {
    put(key, "x");

    assertThat(keys("list/")).contains(key);
  }

  @Test
  void etag_of_a_single_put_is_the_md5_of_its_body_everywhere() {
    String md5 = "\"5d41402abc4b2a76b9719d911017c592\"";

    assertThat(s3.putObject(b -> b.bucket(BUCKET).key("etag/hello"), body("hello")).eTag())
        .isEqualTo(md5);
    assertThat(head("etag/hello").eTag()).isEqualTo(md5);
    assertThat(list("etag/").contents()).extracting(S3Object::eTag).containsExactly(md5);
    assertThat(list("etag/").contents()).extracting(S3Object::size).containsExactly(5L);
  }

  @Test
  void listing_goes_page_by_page_in_the_order_of_keys() {
    IntStream.range(0, 25).forEach(i -> put("pages/%03d".formatted(i), "x"));

    List<ListObjectsV2Response> pages =
        s3.listObjectsV2Paginator(b -> b.bucket(BUCKET).prefix("pages/").maxKeys(10)).stream()
            .toList();

    assertThat(pages).extracting(ListObjectsV2Response::keyCount).containsExactly(10, 10, 5);
    assertThat(pages.stream().flatMap(page -> page.contents().stream()).map(S3Object::key))
        .hasSize(25)
        .isSorted();
  }

  @Test
  void delimiter_gives_common_prefixes() {
    put("tree/a/1", "x");
    put("tree/a/2", "x");
    put("tree/b", "x");

    ListObjectsV2Response listed =
        s3.listObjectsV2(b -> b.bucket(BUCKET).prefix("tree/").delimiter("/"));

    assertThat(listed.commonPrefixes()).extracting(CommonPrefix::prefix).containsExactly("tree/a/");
    assertThat(listed.contents()).extracting(S3Object::key).containsExactly("tree/b");
  }

  @Test
  void start_after_skips_what_comes_before() {
    put("after/1", "x");
    put("after/2", "x");

    assertThat(
            s3.listObjectsV2(b -> b.bucket(BUCKET).prefix("after/").startAfter("after/1"))
                .contents())
        .extracting(S3Object::key)
        .containsExactly("after/2");
  }

  @Test
  void put_if_none_match_keeps_the_first_object() {
    put("once", "first");

    assertThatThrownBy(
            () -> s3.putObject(b -> b.bucket(BUCKET).key("once").ifNoneMatch("*"), body("second")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    assertThat(get("once")).isEqualTo("first");
  }

  @Test
  void get_if_match_refuses_another_version() {
    put("versions", "first");
    String first = head("versions").eTag();
    put("versions", "second");

    assertThatThrownBy(
            () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("versions").ifMatch(first)))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
  }

  @Test
  void multipart_upload_becomes_one_object() {
    String id = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("parts/big")).uploadId();
    List<CompletedPart> parts =
        IntStream.rangeClosed(1, 2)
            .mapToObj(
                n ->
                    CompletedPart.builder()
                        .partNumber(n)
                        .eTag(
                            s3.uploadPart(
                                    b ->
                                        b.bucket(BUCKET)
                                            .key("parts/big")
                                            .uploadId(id)
                                            .partNumber(n),
                                    RequestBody.fromBytes(new byte[n == 1 ? PART_BYTES : 10]))
                                .eTag())
                        .build())
            .toList();
    assertThat(keys("parts/")).isEmpty();

    s3.completeMultipartUpload(
        b -> b.bucket(BUCKET).key("parts/big").uploadId(id).multipartUpload(u -> u.parts(parts)));

    assertThat(head("parts/big").contentLength()).isEqualTo(PART_BYTES + 10L);
    assertThat(head("parts/big").eTag()).endsWith("-2\"");
    assertThat(keys("parts/")).containsExactly("parts/big");
  }

  @Test
  void range_gives_those_bytes() {
    put("range", "0123456789");

    assertThat(
            s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("range").range("bytes=2-4"))
                .asUtf8String())
        .isEqualTo("234");
  }

  @Test
  void copy_and_delete_move_an_object() {
    put("move/from", "x");

    s3.copyObject(
        b ->
            b.sourceBucket(BUCKET)
                .sourceKey("move/from")
                .destinationBucket(BUCKET)
                .destinationKey("move/to"));
    s3.deleteObjects(b -> b.bucket(BUCKET).delete(d -> d.objects(List.of(object("move/from")))));

    assertThat(keys("move/")).containsExactly("move/to");
  }

  @Test
  void object_shows_only_when_it_is_whole() throws Exception {
    Path folder = server.root().resolve(BUCKET).resolve("slow");
    ExecutorService uploader = Executors.newSingleThreadExecutor();
    PipedInputStream slow = new PipedInputStream();
    try (PipedOutputStream source = new PipedOutputStream(slow)) {
      uploader.execute(
          () ->
              s3.putObject(
                  b -> b.bucket(BUCKET).key("slow/file.csv"),
                  RequestBody.fromInputStream(slow, 2L * HALF.length)));
      source.write(HALF);
      Awaitility.await().until(() -> folder.toFile().list() != null);
      Awaitility.await().until(() -> folder.toFile().list().length == 1);

      assertThat(keys("slow/")).isEmpty();

      source.write(HALF);
    }
    uploader.shutdown();
    assertThat(uploader.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keys("slow/")).containsExactly("slow/file.csv");
  }

  @Test
  void key_that_ends_in_a_uuid_is_an_object_like_any_other() {
    put("uuid/x-123e4567-e89b-42d3-a456-426614174000", "x");

    assertThat(keys("uuid/")).containsExactly("uuid/x-123e4567-e89b-42d3-a456-426614174000");
  }

  @Test
  void key_that_leaves_its_bucket_is_refused() {
    assertThatThrownBy(() -> put("../outside", "x")).isInstanceOf(S3Exception.class);
    assertThat(Files.exists(server.root().resolve("outside"))).isFalse();
  }

  @Test
  void what_is_missing_is_named() {
    assertThatThrownBy(() -> get("absent")).isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> s3.listObjectsV2(b -> b.bucket("no-such-bucket")))
        .isInstanceOf(NoSuchBucketException.class);
  }

  @Test
  void bucket_can_be_made_by_a_client() {
    s3.createBucket(b -> b.bucket("curated"));

    assertThat(s3.listBuckets().buckets()).extracting(b -> b.name()).contains("curated");
  }

  @Test
  void listens_on_loopback_only() {
    assertThat(server.endpoint()).isEqualTo(URI.create("http://127.0.0.1:" + server.port()));
  }

  private static ObjectIdentifier object(String key) {
    return ObjectIdentifier.builder().key(key).build();
  }

  private static void put(String key, String body) {
    s3.putObject(b -> b.bucket(BUCKET).key(key), body(body));
  }

  private static RequestBody body(String text) {
    return RequestBody.fromString(text, StandardCharsets.UTF_8);
  }

  private static String get(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asUtf8String();
  }

  private static HeadObjectResponse head(String key) {
    return s3.headObject(b -> b.bucket(BUCKET).key(key));
  }

  private static ListObjectsV2Response list(String prefix) {
    return s3.listObjectsV2(b -> b.bucket(BUCKET).prefix(prefix));
  }

  private static List<String> keys(String prefix) {
    return list(prefix).contents().stream().map(S3Object::key).toList();
  }
}
