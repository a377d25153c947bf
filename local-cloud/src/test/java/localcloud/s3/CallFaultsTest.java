package localcloud.s3;

import static localcloud.faults.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import localcloud.faults.Faults;
import localcloud.faults.ReceivedCall;
import localcloud.faults.Victim;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a client that does not try again sees of faults, and what they leave in the bucket. */
class CallFaultsTest {
  private static final String BUCKET = "landing";

  @TempDir static Path data;
  static Faults faults = new Faults(Clock.systemUTC());
  static S3Server server;
  static S3Client s3;

  @BeforeAll
  static void start() throws IOException {
    server = new S3Server(0, data.resolve("s3"), faults);
    server.start();
    server.createBucket(BUCKET);
    s3 =
        S3Client.builder()
            .endpointOverride(server.endpoint())
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "thing")))
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void clear() {
    faults.clear();
  }

  @AfterAll
  static void stop() throws IOException {
    s3.close();
    server.close();
  }

  @Test
  void killed_on_arrival_the_object_is_not_there() throws IOException {
    try (Victim victim = new Victim()) {
      kill(victim, "PutObject", "'when':'arrival'");

      assertThatThrownBy(() -> put("arrival")).isInstanceOf(SdkClientException.class);

      victim.awaitDeath();
      assertThat(file("arrival")).doesNotExist();
      put("arrival");
      assertThat(get("arrival")).isEqualTo("arrival");
    }
  }

  @Test
  void killed_after_acting_the_object_is_there() throws IOException {
    try (Victim victim = new Victim()) {
      kill(victim, "PutObject", "'when':'acted'");

      assertThatThrownBy(() -> put("acted")).isInstanceOf(SdkClientException.class);

      victim.awaitDeath();
      assertThat(get("acted")).isEqualTo("acted");
    }
  }

  @Test
  void killed_after_acting_the_copy_is_there_and_the_deleted_object_is_gone() throws IOException {
    put("original");
    try (Victim victim = new Victim()) {
      kill(victim, "CopyObject", "'when':'acted'");
      assertThatThrownBy(
              () ->
                  s3.copyObject(
                      b ->
                          b.sourceBucket(BUCKET)
                              .sourceKey("original")
                              .destinationBucket(BUCKET)
                              .destinationKey("copy")))
          .isInstanceOf(SdkClientException.class);
      victim.awaitDeath();
      assertThat(get("copy")).isEqualTo("original");
    }
    try (Victim victim = new Victim()) {
      kill(victim, "DeleteObject", "'when':'acted'");
      assertThatThrownBy(() -> s3.deleteObject(b -> b.bucket(BUCKET).key("original")))
          .isInstanceOf(SdkClientException.class);
      victim.awaitDeath();
      assertThat(file("original")).doesNotExist();
    }
  }

  @Test
  void killed_after_acting_a_multipart_upload_is_complete() throws IOException {
    String id = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("parts")).uploadId();
    String etag =
        s3.uploadPart(
                b -> b.bucket(BUCKET).key("parts").uploadId(id).partNumber(1),
                RequestBody.fromString("part"))
            .eTag();
    try (Victim victim = new Victim()) {
      kill(victim, "CompleteMultipartUpload", "'when':'acted'");

      assertThatThrownBy(
              () ->
                  s3.completeMultipartUpload(
                      b ->
                          b.bucket(BUCKET)
                              .key("parts")
                              .uploadId(id)
                              .multipartUpload(
                                  u ->
                                      u.parts(
                                          CompletedPart.builder()
                                              .partNumber(1)
                                              .eTag(etag)
                                              .build()))))
          .isInstanceOf(SdkClientException.class);

      victim.awaitDeath();
      assertThat(file("parts")).hasContent("part");
    }
  }

  @Test
  void killed_after_the_answer_the_client_has_got_it() throws IOException {
    put("answered");
    try (Victim victim = new Victim()) {
      kill(victim, "GetObject", "'when':'answered','delay':'2s'");

      assertThat(get("answered")).isEqualTo("answered");

      assertThat(victim.isAlive()).isTrue();
      victim.awaitDeath();
    }
  }

  @Test
  void lost_reply_leaves_the_object_and_a_cut_connection_does_not() {
    order(
        faults,
        "[{'service':'S3','operation':'PutObject','does':'lose-reply'},"
            + "{'service':'S3','operation':'PutObject','does':'cut'}]");

    assertThatThrownBy(() -> put("lost")).isInstanceOf(SdkClientException.class);
    assertThatThrownBy(() -> put("cut")).isInstanceOf(SdkClientException.class);

    assertThat(get("lost")).isEqualTo("lost");
    assertThat(file("cut")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PutObject", "ListObjectsV2", "HeadObject", "HeadBucket"})
  void throttled_call_is_answered_with_slow_down(String operation) {
    order(faults, "{'service':'S3','operation':'%s','does':'throttle'}".formatted(operation));

    assertThatThrownBy(
            () -> {
              put("throttled");
              s3.listObjectsV2(b -> b.bucket(BUCKET));
              s3.headObject(b -> b.bucket(BUCKET).key("throttled"));
              s3.headBucket(b -> b.bucket(BUCKET));
            })
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(503);
              if (!operation.startsWith("Head")) {
                assertThat(e.awsErrorDetails().errorCode()).isEqualTo("SlowDown");
                assertThat(e.isThrottlingException()).isTrue();
              }
            });
    assertThat(faults.standing()).extracting(Faults.Standing::hits).containsExactly(1L);
  }

  @Test
  void error_is_answered_in_s3_s_form() {
    order(
        faults,
        """
        {'service':'S3','operation':'GetObject','does':'error','status':403,
         'code':'AccessDenied','message':'Access <Denied> & more'}""");
    put("denied");

    assertThatThrownBy(() -> get("denied"))
        .isInstanceOfSatisfying(
            S3Exception.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(403);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("Access <Denied> & more");
            });
  }

  @Test
  void delayed_object_is_there_before_the_answer_comes() {
    order(faults, "{'service':'S3','operation':'PutObject','does':'delay','delay':'2s'}");
    Thread caller = new Thread(() -> put("delayed"));
    caller.start();

    Awaitility.await()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> Files.exists(file("delayed")));

    assertThat(caller.isAlive()).isTrue();
    Awaitility.await().until(() -> !caller.isAlive());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 100_000})
  void body_comes_slowly_and_whole(int length) throws IOException {
    byte[] body = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
    s3.putObject(b -> b.bucket(BUCKET).key("slow"), RequestBody.fromBytes(body));
    order(faults, "{'service':'S3','does':'slow-body','delay':'1s'}");

    long start = System.nanoTime();
    try (InputStream in = s3.getObject(b -> b.bucket(BUCKET).key("slow"))) {
      assertThat(in.read()).isEqualTo('x');
      long first = millisSince(start);
      assertThat(in.readAllBytes()).hasSize(length - 1);
      assertThat(millisSince(start)).isBetween(950L, 20_000L);
      if (length > 1) {
        assertThat(first).isLessThan(800);
      }
    }
    assertThat(faults.standing()).extracting(Faults.Standing::hits).containsExactly(1L);
  }

  @Test
  void client_that_does_not_wait_for_a_slow_body_affects_no_other() {
    s3.putObject(b -> b.bucket(BUCKET).key("slow"), RequestBody.fromString("x".repeat(100_000)));
    order(faults, "{'service':'S3','does':'slow-body','delay':'5s'}");

    assertThatThrownBy(
            () ->
                s3.getObjectAsBytes(
                    b ->
                        b.bucket(BUCKET)
                            .key("slow")
                            .overrideConfiguration(o -> o.apiCallTimeout(Duration.ofMillis(700)))))
        .isInstanceOf(SdkClientException.class);

    assertThat(get("slow")).hasSize(100_000);
  }

  private static long millisSince(long nanoTime) {
    return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis();
  }

  @Test
  void every_call_is_listed_with_its_operation_bucket_and_key() {
    put("told/a b+c%.csv");
    long before = faults.calls(0).stream().mapToLong(ReceivedCall::number).max().orElse(0);

    s3.listBuckets();
    s3.headBucket(b -> b.bucket(BUCKET));
    s3.listObjectsV2(b -> b.bucket(BUCKET));
    s3.listObjectsV2(b -> b.bucket(BUCKET).prefix("told/a b+"));
    s3.listObjects(b -> b.bucket(BUCKET));
    get("told/a b+c%.csv");
    s3.headObject(b -> b.bucket(BUCKET).key("told/a b+c%.csv"));
    s3.copyObject(
        b ->
            b.sourceBucket(BUCKET)
                .sourceKey("told/a b+c%.csv")
                .destinationBucket(BUCKET)
                .destinationKey("told/copy"));
    String id = s3.createMultipartUpload(b -> b.bucket(BUCKET).key("told/m")).uploadId();
    s3.uploadPart(
        b -> b.bucket(BUCKET).key("told/m").uploadId(id).partNumber(1),
        RequestBody.fromString("x"));
    s3.listParts(b -> b.bucket(BUCKET).key("told/m").uploadId(id));
    s3.listMultipartUploads(b -> b.bucket(BUCKET));
    s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("told/m").uploadId(id));
    s3.deleteObject(b -> b.bucket(BUCKET).key("told/copy"));
    s3.deleteObjects(
        b -> b.bucket(BUCKET).delete(d -> d.objects(ObjectIdentifier.builder().key("x").build())));
    s3.createBucket(b -> b.bucket("another"));
    s3.getBucketLocation(b -> b.bucket("another"));
    s3.deleteBucket(b -> b.bucket("another"));

    assertThat(told(before))
        .containsExactly(
            "ListBuckets ",
            "HeadBucket landing",
            "ListObjectsV2 landing/",
            "ListObjectsV2 landing/told/a b+",
            "ListObjects landing/",
            "GetObject landing/told/a b+c%.csv",
            "HeadObject landing/told/a b+c%.csv",
            "CopyObject landing/told/copy",
            "CreateMultipartUpload landing/told/m",
            "UploadPart landing/told/m",
            "ListParts landing/told/m",
            "ListMultipartUploads landing",
            "AbortMultipartUpload landing/told/m",
            "DeleteObject landing/told/copy",
            "DeleteObjects landing",
            "CreateBucket another",
            "GetBucketLocation another",
            "DeleteBucket another");
  }

  private static List<String> told(long after) {
    return faults.calls(after).stream()
        .map(received -> received.call().operation() + " " + received.call().detail())
        .toList();
  }

  private static void kill(Victim victim, String operation, String when) {
    order(
        faults,
        "{'service':'S3','operation':'%s','does':'kill','pid':%d,%s}"
            .formatted(operation, victim.pid(), when));
  }

  private static Path file(String key) {
    return server.root().resolve(BUCKET).resolve(key);
  }

  private static void put(String key) {
    s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString(key));
  }

  private static String get(String key) {
    return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key)).asString(StandardCharsets.UTF_8);
  }
}
