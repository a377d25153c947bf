package landing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Fetcher;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import landing.Fetching.Fetched;
import landing.Fetching.Order;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import run.FailureKind;
import run.Upload;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Exception;
import testing.LocalCloud;
import testing.TroubledSource;

/** From a real HTTP server that has troubles into the stand-in for S3. */
class FetchingTest {

  private static final int PART = IngestSettings.PART;

  /** A client that sees its connection broken may lose what it has not handed on yet. */
  private static final int MARGIN = 2_000_000;

  private static final byte[] BIG = bytes(2 * PART + 5_000_000);
  private static final LocalCloud CLOUD = new LocalCloud();
  private static final AtomicInteger KEYS = new AtomicInteger();

  private static S3Client s3;

  private final String key = "a/_ingested/run=%d/orders.csv".formatted(KEYS.incrementAndGet());
  private final Noted noted = new Noted();
  private TroubledSource source;
  private Fetching fetching;

  @BeforeAll
  static void startS3() {
    Map<String, String> settings = CLOUD.start();
    s3 =
        S3Client.builder()
            .endpointOverride(URI.create(settings.get("aws.s3.endpoint")))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
            .build();
  }

  @AfterAll
  static void stopS3() {
    s3.close();
    CLOUD.stop();
  }

  @BeforeEach
  void startSource() throws IOException {
    source = new TroubledSource(BIG);
    fetching = process();
  }

  @AfterEach
  void stopSource() {
    source.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, PART - 1, PART, PART + 1, 2 * PART})
  void an_object_of_any_size_comes_whole(int size) throws IOException {
    source.body = bytes(size);

    assertThat(fetch(plain()))
        .hasValueSatisfying(fetched -> assertThat(fetched.size()).isEqualTo(size));

    assertThat(stored()).isEqualTo(source.body);
    assertNoUploadIsLeft();
  }

  @Test
  void what_comes_in_chunks_without_a_length_comes_whole() throws IOException {
    source.sendsChunks = true;

    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
  }

  @Test
  void a_connection_that_breaks_after_a_part_goes_on_at_once_where_it_was() throws IOException {
    source.breaks.add(PART + MARGIN);

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).containsExactly("all", "bytes=%d-".formatted(PART));
  }

  @Test
  void without_progress_it_is_left_to_the_next_call_which_goes_on() throws IOException {
    source.breaks.add(PART + MARGIN);
    source.breaks.add(1_000_000);

    assertThatThrownBy(() -> fetch(withHash(BIG))).isInstanceOf(IOException.class);
    assertThat(noted.upload.flatMap(Upload::validator)).contains("\"first\"");
    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked)
        .containsExactly("all", "bytes=%d-".formatted(PART), "bytes=%d-".formatted(PART));
  }

  @Test
  void after_a_restart_it_goes_on_with_the_parts_that_s3_has() throws IOException {
    breakOffAfterOnePart(plain());
    fetching = new Fetching(withChecksums(), new Source());

    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).last().isEqualTo("bytes=%d-".formatted(PART));
  }

  @Test
  void after_a_restart_a_hash_is_compared_over_what_is_read_anew() throws IOException {
    breakOffAfterOnePart(withHash(BIG));
    fetching = process();

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).last().isEqualTo("all");
  }

  @Test
  void a_restart_between_the_object_s_completion_and_its_being_known_finds_it() throws IOException {
    breakOffAfterOnePart(plain());
    fetch(plain());
    int requests = source.asked.size();
    fetching = process();

    assertThat(fetch(plain())).isPresent();
    assertThat(source.asked).hasSize(requests);
  }

  @Test
  void a_source_that_ignores_ranges_starts_over() throws IOException {
    source.knowsRanges = false;
    source.breaks.add(PART + MARGIN);

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertNoUploadIsLeft();
  }

  @Test
  void another_version_starts_over_even_where_it_is_smaller() throws IOException {
    breakOffAfterOnePart(plain());
    byte[] small = Arrays.copyOfRange(BIG, 9, 5_009);
    source.body = small;
    source.etag = "\"second\"";

    fetch(withHash(small));

    assertThat(stored()).isEqualTo(small);
    assertNoUploadIsLeft();
  }

  @Test
  void parts_of_two_versions_never_meet_whenever_the_service_is_restarted() throws IOException {
    breakOffAfterOnePart(plain());
    byte[] second = bytes(2 * PART + 4_000_000);
    source.body = second;
    source.etag = "\"second\"";
    source.breaks.add(1_000_000);
    fetching = new Fetching(withChecksums(), new Source());
    assertThatThrownBy(() -> fetch(plain())).isInstanceOf(IOException.class);
    fetching = new Fetching(withChecksums(), new Source());

    fetch(plain());

    assertThat(stored()).isEqualTo(second);
    assertNoUploadIsLeft();
  }

  @Test
  void what_is_compressed_on_its_way_and_not_by_its_name_is_refused() throws IOException {
    source.encoding = "gzip";
    assertRefused(FailureKind.VALIDATION, plain(), "Content-Encoding gzip");

    source.encoding = "identity";
    assertThat(fetch(plain())).isPresent();
  }

  @Test
  void a_source_without_a_validator_is_read_from_its_beginning() throws IOException {
    source.etag = "";
    source.breaks.add(PART + MARGIN);

    fetch(withHash(BIG));

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).containsExactly("all", "all");
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
  void another_hash_than_the_one_that_is_wanted_makes_no_object() {
    assertRefused(
        FailureKind.DATA, settings(1L << 30, Optional.of("0".repeat(64))), "ingest.sha256 is 000");
    fetching.abort(noted.upload.orElseThrow());
    assertNoUploadIsLeft();
    assertNothingIsStored();
  }

  @Test
  void a_source_that_refuses_is_told_from_one_that_has_a_bad_moment() {
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
    fetching = new Fetching(s3, new Source(Duration.ofMillis(300)));
    try {
      assertThatThrownBy(() -> fetch(plain()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("nothing came for");
    } finally {
      ended.countDown();
    }
  }

  @Test
  void one_that_is_not_wanted_any_more_ends_before_its_next_part_and_can_be_aborted()
      throws IOException {
    breakOffAfterOnePart(plain());
    noted.isWanted = false;

    assertThat(fetch(plain())).isEmpty();
    fetching.abort(noted.upload.orElseThrow());

    assertNoUploadIsLeft();
    assertNothingIsStored();
  }

  @Test
  void an_upload_that_somebody_has_aborted_begins_anew() throws IOException {
    breakOffAfterOnePart(plain());
    process().abort(noted.upload.orElseThrow());

    assertThatThrownBy(() -> fetch(plain()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("begins anew");
    assertThat(noted.upload).isEmpty();
    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
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

  @Test
  void after_a_restart_a_store_that_lists_no_checksums_is_sent_its_parts_again()
      throws IOException {
    breakOffAfterOnePart(plain());
    fetching = process();

    fetch(plain());

    assertThat(stored()).isEqualTo(BIG);
    assertThat(source.asked).last().isEqualTo("all");
  }

  /**
   * The stand-in leaves out what S3 lists of a part that was sent with its checksum (Amazon S3 API
   * Reference, ListParts).
   */
  private static S3Client withChecksums() {
    return new DelegatingS3Client(s3) {
      @Override
      public ListPartsResponse listParts(ListPartsRequest request) {
        ListPartsResponse shown = s3.listParts(request);
        List<Part> parts =
            shown.parts().stream()
                .map(part -> part.toBuilder().checksumSHA256(checksum(part.partNumber())).build())
                .toList();
        return shown.toBuilder().parts(parts).build();
      }
    };
  }

  private static String checksum(int part) {
    byte[] bytes = Arrays.copyOfRange(BIG, (part - 1) * PART, part * PART);
    return Base64.getEncoder().encodeToString(sha256(bytes));
  }

  private void breakOffAfterOnePart(IngestSettings settings) {
    source.breaks.add(PART + MARGIN);
    source.breaks.add(1_000_000);
    assertThatThrownBy(() -> fetch(settings)).isInstanceOf(IOException.class);
  }

  private static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Fetching process() {
    return new Fetching(s3, new Source());
  }

  private Optional<Fetched> fetch(IngestSettings settings) throws IOException {
    return fetching.fetch(new Order(settings, "landing", key), noted.upload, noted);
  }

  private IngestSettings plain() {
    return settings(1L << 30, Optional.empty());
  }

  private IngestSettings withHash(byte[] body) {
    return settings(1L << 30, Optional.of(HexFormat.of().formatHex(sha256(body))));
  }

  private static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private IngestSettings settings(long maxBytes, Optional<String> sha256) {
    return new IngestSettings(source.url(), "orders.csv", maxBytes, Fetcher.SERVICE, sha256);
  }

  private void assertRefused(FailureKind kind, IngestSettings settings, String words) {
    assertThatThrownBy(() -> fetch(settings))
        .isInstanceOfSatisfying(
            RefusedSource.class, refused -> assertThat(refused.kind()).isEqualTo(kind))
        .hasMessageContaining(words);
  }

  private byte[] stored() {
    return s3.getObjectAsBytes(request -> request.bucket("landing").key(key)).asByteArray();
  }

  private void assertNothingIsStored() {
    assertThat(s3.listObjectsV2(request -> request.bucket("landing").prefix(key)).contents())
        .isEmpty();
  }

  private void assertNoUploadIsLeft() {
    assertThat(
            s3.listMultipartUploads(request -> request.bucket("landing")).uploads().stream()
                .map(MultipartUpload::key))
        .doesNotContain(key);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static final class Noted implements Fetching.Notes {

    Optional<Upload> upload = Optional.empty();
    boolean isWanted = true;

    @Override
    public void note(Optional<Upload> now) {
      upload = now;
    }

    @Override
    public void gotOn() {}

    @Override
    public boolean isWanted() {
      return isWanted;
    }
  }
}
