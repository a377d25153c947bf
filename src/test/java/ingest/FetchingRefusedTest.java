package ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import run.FailureKind;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What is not to become an object does not. */
class FetchingRefusedTest extends FetchingCases {

  @Test
  void what_is_compressed_on_its_way_and_not_by_its_name_is_refused() throws IOException {
    source.encoding = "gzip";
    assertRefused(FailureKind.VALIDATION, plain(), "Content-Encoding gzip");

    source.encoding = "identity";
    assertThat(fetch(plain())).isPresent();
  }

  @Test
  void more_than_the_limit_is_refused_by_its_length_and_by_counting() {
    assertRefused(FailureKind.DATA, settings(1_000, Optional.empty()), "max-bytes is 1000");
    source.sendsChunks = true;
    assertRefused(FailureKind.DATA, settings(PART, Optional.empty()), "max-bytes is " + PART);
    assertThat(noted.upload).isPresent();
    assertNothingIsStored();
  }

  @Test
  void another_hash_than_the_expected_one_makes_no_object() {
    assertRefused(
        FailureKind.DATA, settings(1L << 30, Optional.of("0".repeat(64))), "ingest.sha256 is 000");
    fetching.abort(noted.upload.orElseThrow());
    assertNoUploadIsLeft();
    assertNothingIsStored();
  }

  @Test
  void a_source_that_refuses_is_distinguished_from_one_with_a_temporary_problem() {
    source.statuses.add(404);
    assertRefused(FailureKind.VALIDATION, plain(), "status 404");
    for (int status : new int[] {408, 425, 429, 500, 503}) {
      source.statuses.add(status);
      assertThatThrownBy(() -> fetch(plain()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("status " + status);
    }
  }

  @Test
  void a_source_that_falls_silent_breaks_off() {
    CountDownLatch ended = new CountDownLatch(1);
    source.onAnswer = () -> waitFor(ended);
    fetching = new Fetching(s3, new Source(Duration.ofMillis(300)), PART);
    try {
      assertThatThrownBy(() -> fetch(plain()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nothing came for");
    } finally {
      ended.countDown();
    }
  }

  @Test
  void a_stopped_fetch_ends_before_its_next_part_and_can_be_aborted() throws IOException {
    breakOffAfterOnePart(plain());
    noted.isWanted = false;

    assertThat(fetch(plain())).isEmpty();
    fetching.abort(noted.upload.orElseThrow());

    assertNoUploadIsLeft();
    assertNothingIsStored();
  }

  @Test
  void s3_refuses_a_body_whose_checksum_is_another() {
    assertThatThrownBy(
            () ->
                s3.putObject(
                    request ->
                        request
                            .bucket("landing")
                            .key(key)
                            .checksumSHA256("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
                    RequestBody.fromString("other")))
        .isInstanceOf(S3Exception.class);
  }
}
