package archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import archive.Clearing.Result;
import batch.LandedObject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingSettings;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import testing.Iris;
import testing.Models;

/** Against a bucket in memory that keeps to the conditions, as S3 does. */
class ClearingTest {

  private final Bucket bucket = new Bucket();
  private final Clearing clearing = new Clearing(bucket);

  @Test
  void an_object_that_is_overwritten_between_check_and_deletion_stays() {
    bucket.objects.put("iris/a", "etag-of-iris/a");
    bucket.beforeDeletion = () -> bucket.objects.put("iris/a", "later");

    assertThat(clear("iris/a", AfterSuccess.DELETE)).isEqualTo(Result.NOT_OURS);

    assertThat(bucket.objects).containsExactly(Map.entry("iris/a", "later"));
  }

  @Test
  void an_object_that_is_overwritten_between_check_and_copy_is_neither_copied_nor_deleted() {
    bucket.objects.put("iris/a", "etag-of-iris/a");
    bucket.beforeCopy = () -> bucket.objects.put("iris/a", "later");

    assertThat(clear("iris/a", AfterSuccess.ARCHIVE)).isEqualTo(Result.NOT_OURS);

    assertThat(bucket.objects).containsExactly(Map.entry("iris/a", "later"));
  }

  @Test
  void after_a_death_between_copy_and_deletion_the_object_is_archived_once() {
    bucket.objects.put("iris/a", "etag-of-iris/a");
    bucket.beforeDeletion =
        () -> {
          throw new IllegalStateException("killed");
        };
    assertThatThrownBy(() -> clear("iris/a", AfterSuccess.ARCHIVE)).hasMessage("killed");
    bucket.beforeDeletion = () -> {};

    assertThat(clear("iris/a", AfterSuccess.ARCHIVE)).isEqualTo(Result.CLEARED);
    assertThat(clear("iris/a", AfterSuccess.ARCHIVE)).isEqualTo(Result.NOT_OURS);

    assertThat(bucket.objects).containsExactly(Map.entry("old/iris/a", "etag-of-iris/a"));
  }

  @Test
  void what_cannot_be_archived_stays_with_a_result_of_its_own() {
    assertThat(clear("iris/" + "ä".repeat(509), AfterSuccess.ARCHIVE))
        .isEqualTo(Result.KEY_TOO_LONG);
    assertThat(bucket.calls).isZero();
  }

  @Test
  void a_bucket_that_is_not_there_is_no_object_that_is_gone() {
    bucket.isThere = false;

    assertThatThrownBy(() -> clear("iris/a", AfterSuccess.DELETE)).isInstanceOf(S3Exception.class);
  }

  @Test
  void an_upload_that_is_not_there_any_more_is_no_object_that_is_gone() {
    bucket.objects.put("iris/a", "etag-of-iris/a");
    bucket.beforeCopy =
        () -> {
          throw Bucket.failure(404, "NoSuchUpload");
        };

    assertThatThrownBy(() -> clear("iris/a", AfterSuccess.ARCHIVE)).isInstanceOf(S3Exception.class);

    assertThat(bucket.objects).containsKey("iris/a");
  }

  private Result clear(String key, AfterSuccess afterSuccess) {
    LandedObject object = Iris.object(key, 1, Iris.NOON);
    return clearing.clear(object, settings(afterSuccess));
  }

  private static LandingSettings settings(AfterSuccess afterSuccess) {
    Optional<String> archive =
        afterSuccess == AfterSuccess.ARCHIVE ? Optional.of("old/") : Optional.empty();
    Duration poll = Duration.ofSeconds(1);
    return Models.landing(
        "landing",
        "iris/",
        poll,
        false,
        afterSuccess,
        archive,
        KeyOrder.ANY,
        LandingSettings.OnOverwrite.LOAD_AGAIN,
        Optional.empty());
  }

  /** ETags by key; something may happen right before a call acts. */
  private static final class Bucket implements S3Client {

    final Map<String, String> objects = new TreeMap<>();
    Runnable beforeCopy = () -> {};
    Runnable beforeDeletion = () -> {};
    boolean isThere = true;
    int calls;

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      calls++;
      if (!isThere) {
        throw failure(404, "NoSuchBucket");
      }
      if (!objects.containsKey(request.key())) {
        throw failure(404, "NoSuchKey");
      }
      return HeadObjectResponse.builder().eTag(quoted(request.key())).contentLength(1L).build();
    }

    @Override
    public CopyObjectResponse copyObject(CopyObjectRequest request) {
      calls++;
      beforeCopy.run();
      expect(request.sourceKey(), request.copySourceIfMatch());
      objects.put(request.destinationKey(), objects.get(request.sourceKey()));
      return CopyObjectResponse.builder().build();
    }

    @Override
    public DeleteObjectResponse deleteObject(DeleteObjectRequest request) {
      calls++;
      beforeDeletion.run();
      expect(request.key(), request.ifMatch());
      objects.remove(request.key());
      return DeleteObjectResponse.builder().build();
    }

    private void expect(String key, String etag) {
      if (!quoted(key).equals(etag)) {
        throw failure(412, "PreconditionFailed");
      }
    }

    private String quoted(String key) {
      return "\"" + objects.get(key) + "\"";
    }

    private static S3Exception failure(int status, String code) {
      return (S3Exception)
          S3Exception.builder()
              .statusCode(status)
              .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
              .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
