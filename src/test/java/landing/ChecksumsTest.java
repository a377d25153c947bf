package landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.LandedObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import testing.Iris;

/** Which of S3's checksums identify the content of an object. */
class ChecksumsTest {

  private static final LandedObject OBJECT = Iris.object("iris/a", 1, Iris.NOON);

  @Test
  void a_checksum_of_the_whole_object_is_taken_with_its_algorithm() {
    assertThat(checksum(HeadObjectResponse.builder().checksumCRC64NVME("AAA=")))
        .contains("CRC64NVME:AAA=");
    assertThat(checksum(HeadObjectResponse.builder().checksumSHA256("B=").checksumCRC32("C=")))
        .contains("SHA256:B=");
  }

  @Test
  void a_checksum_of_the_checksums_of_parts_does_not_count() {
    assertThat(checksum(HeadObjectResponse.builder().checksumSHA256("B=-3"))).isEmpty();
    assertThat(checksum(HeadObjectResponse.builder())).isEmpty();
  }

  @Test
  void a_version_that_is_gone_has_none_and_what_S3_forbids_is_reported_with_the_way_out() {
    assertThat(checksum(404)).isEmpty();
    assertThat(checksum(412)).isEmpty();
    assertThatThrownBy(() -> checksum(403))
        .hasMessageContaining("allow s3:GetObject there, or set landing.same-content=load-again");
    assertThatThrownBy(() -> checksum(503)).isInstanceOf(S3Exception.class);
  }

  private static Optional<String> checksum(HeadObjectResponse.Builder answer) {
    return ask(
        request -> {
          assertThat(request.checksumMode()).isEqualTo(ChecksumMode.ENABLED);
          assertThat(request.ifMatch()).isEqualTo(OBJECT.etag());
          return answer.build();
        });
  }

  private static Optional<String> checksum(int status) {
    return ask(
        request -> {
          throw (S3Exception) S3Exception.builder().statusCode(status).build();
        });
  }

  private static Optional<String> ask(Function<HeadObjectRequest, HeadObjectResponse> answer) {
    Checksums checksums = new Checksums(new Heads(answer));
    try {
      return checksums.ask(List.of(OBJECT)).get(0).checksum();
    } finally {
      checksums.stop();
    }
  }

  private record Heads(Function<HeadObjectRequest, HeadObjectResponse> answer) implements S3Client {

    @Override
    public HeadObjectResponse headObject(HeadObjectRequest request) {
      return answer.apply(request);
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
