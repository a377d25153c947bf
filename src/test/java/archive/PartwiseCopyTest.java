package archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import archive.Clearing.Result;
import aws.RealClients;
import batch.LandedObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingRequest;
import software.amazon.awssdk.services.s3.model.GetObjectTaggingResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.UploadPartCopyRequest;
import software.amazon.awssdk.services.s3.model.UploadPartCopyResponse;
import testing.Iris;
import testing.LocalCloud;
import testing.Models;

/** With the real client against the S3 stand-in, where "too large" begins at one part. */
class PartwiseCopyTest {

  /** The smallest that S3 takes. */
  private static final int PART = 5 * 1024 * 1024;

  private static final LocalCloud CLOUD = new LocalCloud();
  private static S3Client s3;

  @BeforeAll
  static void start() {
    s3 = RealClients.s3(URI.create(CLOUD.start().get("aws.s3.endpoint")));
  }

  @AfterAll
  static void stop() {
    s3.close();
    CLOUD.stop();
  }

  @AfterEach
  void empty() {
    CLOUD.spare();
    keys().forEach(key -> s3.deleteObject(request -> request.bucket("landing").key(key)));
  }

  @Test
  void a_large_object_is_archived_in_parts_with_all_its_bytes_and_what_is_said_of_it() {
    byte[] content = content(2 * PART + 7);
    LandedObject object = land(content);

    assertThat(clear(object)).isEqualTo(Result.CLEARED);

    assertThat(keys()).containsExactly("old/iris/a b+ü");
    assertThat(
            s3.getObjectAsBytes(request -> request.bucket("landing").key("old/iris/a b+ü"))
                .asByteArray())
        .isEqualTo(content);
    HeadObjectResponse archived =
        s3.headObject(request -> request.bucket("landing").key("old/iris/a b+ü"));
    assertThat(archived.eTag()).endsWith("-3\"");
    assertThat(archived.contentType()).isEqualTo("text/csv");
    assertThat(archived.contentLanguage()).isEqualTo("de");
    assertThat(archived.metadata()).containsEntry("sender", "branch 7");
    assertThat(unfinished()).isZero();
  }

  /** The stand-in knows neither, and does not get them. */
  @Test
  void tags_and_the_expiry_are_copied() {
    LandedObject object = land(content(PART + 1));
    List<CreateMultipartUploadRequest> begun = new ArrayList<>();
    S3Client keeping =
        new DelegatingS3Client(s3) {
          @Override
          public HeadObjectResponse headObject(HeadObjectRequest request) {
            return super.headObject(request).copy(there -> there.expiresString("never"));
          }

          @Override
          public GetObjectTaggingResponse getObjectTagging(GetObjectTaggingRequest request) {
            assertThat(request.key()).isEqualTo(object.key());
            return GetObjectTaggingResponse.builder()
                .tagSet(List.of(Tag.builder().key("owner").value("sales").build()))
                .build();
          }

          @Override
          public CreateMultipartUploadResponse createMultipartUpload(
              CreateMultipartUploadRequest request) {
            begun.add(request);
            return s3.createMultipartUpload(
                plain -> plain.bucket(request.bucket()).key(request.key()));
          }
        };

    assertThat(new Clearing(keeping, PART, PART).clear(object, settings()))
        .isEqualTo(Result.CLEARED);

    assertThat(begun)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.tagging()).isEqualTo("owner=sales");
              assertThat(request.overrideConfiguration().orElseThrow().headers())
                  .containsEntry("Expires", List.of("never"));
            });
  }

  @Test
  void an_object_of_the_most_that_is_copied_at_once_is_copied_at_once() {
    LandedObject object = land(content(PART));

    assertThat(clear(object)).isEqualTo(Result.CLEARED);

    assertThat(
            s3.headObject(request -> request.bucket("landing").key("old/iris/a b+ü"))
                .eTag()
                .replace("\"", ""))
        .isEqualTo(object.etag());
  }

  @Test
  void an_object_that_is_overwritten_between_two_parts_is_neither_archived_nor_deleted() {
    LandedObject object = land(content(2 * PART));
    byte[] later = new byte[2 * PART];
    Clearing clearing = clearing(2, () -> land(later));

    assertThat(clearing.clear(object, settings())).isEqualTo(Result.NOT_OURS);

    assertThat(keys()).containsExactly(object.key());
    assertThat(
            s3.getObjectAsBytes(request -> request.bucket("landing").key(object.key()))
                .asByteArray())
        .isEqualTo(later);
    assertThat(unfinished()).isZero();
  }

  @Test
  void after_a_part_that_failed_nothing_is_left_of_the_copy_and_it_can_be_done_again() {
    LandedObject object = land(content(2 * PART));
    Clearing clearing =
        clearing(
            2,
            () ->
                CLOUD.strike(
                    """
                    {"service":"S3", "operation":"UploadPartCopy", "does":"error", "status":403, "code":"AccessDenied", "message":"no", "times":1}"""));

    assertThatThrownBy(() -> clearing.clear(object, settings()))
        .isInstanceOf(S3Exception.class)
        .hasNoSuppressedExceptions();
    assertThat(keys()).containsExactly(object.key());
    assertThat(unfinished()).isZero();

    assertThat(clear(object)).isEqualTo(Result.CLEARED);
    assertThat(keys()).containsExactly("old/iris/a b+ü");
  }

  @Test
  void after_a_death_between_two_parts_the_object_is_still_there_and_is_archived_later() {
    LandedObject object = land(content(2 * PART));
    Clearing killed =
        clearing(
            2,
            () -> {
              throw new AssertionError("killed");
            });
    assertThatThrownBy(() -> killed.clear(object, settings())).hasMessage("killed");
    assertThat(keys()).containsExactly(object.key());
    assertThat(unfinished()).isEqualTo(1);

    assertThat(clear(object)).isEqualTo(Result.CLEARED);

    assertThat(keys()).containsExactly("old/iris/a b+ü");
    abortAll();
  }

  @Test
  void parts_grow_where_there_would_be_more_than_10_000() {
    PartwiseCopy copy = new PartwiseCopy(s3, 100);

    assertThat(copy.partSize(1_000_000)).isEqualTo(100);
    assertThat(copy.partSize(1_000_001)).isEqualTo(101);
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(7).nextBytes(content);
    return content;
  }

  private static LandedObject land(byte[] content) {
    String etag =
        s3.putObject(
                request ->
                    request
                        .bucket("landing")
                        .key("iris/a b+ü")
                        .contentType("text/csv")
                        .contentLanguage("de")
                        .metadata(Map.of("sender", "branch 7")),
                RequestBody.fromBytes(content))
            .eTag();
    return new LandedObject(
        "iris",
        "landing",
        "iris/a b+ü",
        etag.replace("\"", ""),
        content.length,
        Iris.NOON,
        Iris.NOON);
  }

  private static Result clear(LandedObject object) {
    return new Clearing(s3, PART, PART).clear(object, settings());
  }

  /** One to whom something happens before it copies that part. */
  private static Clearing clearing(int part, Runnable before) {
    S3Client disturbed =
        new DelegatingS3Client(s3) {
          @Override
          public UploadPartCopyResponse uploadPartCopy(UploadPartCopyRequest request) {
            if (request.partNumber() == part) {
              before.run();
            }
            return super.uploadPartCopy(request);
          }
        };
    return new Clearing(disturbed, PART, PART);
  }

  private static List<String> keys() {
    return s3.listObjectsV2(request -> request.bucket("landing")).contents().stream()
        .map(S3Object::key)
        .filter(key -> !key.endsWith("/"))
        .toList();
  }

  private static int unfinished() {
    return s3.listMultipartUploads(request -> request.bucket("landing")).uploads().size();
  }

  private static void abortAll() {
    s3.listMultipartUploads(request -> request.bucket("landing"))
        .uploads()
        .forEach(
            upload ->
                s3.abortMultipartUpload(
                    request ->
                        request.bucket("landing").key(upload.key()).uploadId(upload.uploadId())));
  }

  private static LandingSettings settings() {
    Duration poll = Duration.ofSeconds(1);
    return Models.landing(
        "landing",
        "iris/",
        poll,
        false,
        AfterSuccess.ARCHIVE,
        Optional.of("old/"),
        KeyOrder.ANY,
        LandingSettings.OnOverwrite.LOAD_AGAIN,
        Optional.empty());
  }
}
