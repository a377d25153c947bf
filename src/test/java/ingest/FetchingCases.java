package ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Fetcher;
import ingest.Fetching.Fetched;
import ingest.Fetching.Order;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import run.FailureKind;
import run.Upload;
import software.amazon.awssdk.services.s3.DelegatingS3Client;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListPartsRequest;
import software.amazon.awssdk.services.s3.model.ListPartsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import testing.Lake;
import testing.TroubledSource;

/** A real HTTP server that has troubles, and the stand-in for S3. */
abstract class FetchingCases {

  /** The least that S3 takes, so that no test moves more bytes than it must. */
  static final int PART = 5 << 20;

  /** A client that sees its connection broken may lose what it has not handed on yet. */
  static final int MARGIN = 2_000_000;

  static final byte[] BIG = bytes(2 * PART + 3_000_000);
  static final AtomicInteger KEYS = new AtomicInteger();

  static S3Client s3;

  final String key = "a/_ingested/run=%d/orders.csv".formatted(KEYS.incrementAndGet());
  final Noted noted = new Noted();
  TroubledSource source;
  Fetching fetching;

  @BeforeAll
  static void startS3() {
    s3 = Lake.shared().s3();
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

  /**
   * The stand-in leaves out what S3 lists of a part that was sent with its checksum (Amazon S3 API
   * Reference, ListParts).
   */
  static S3Client withChecksums() {
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

  static String checksum(int part) {
    byte[] bytes = Arrays.copyOfRange(BIG, (part - 1) * PART, part * PART);
    return Base64.getEncoder().encodeToString(sha256(bytes));
  }

  void breakOffAfterOnePart(IngestSettings settings) {
    source.breaks.add(PART + MARGIN);
    source.breaks.add(1_000_000);
    assertThatThrownBy(() -> fetch(settings)).isInstanceOf(IOException.class);
  }

  static void waitFor(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Fetching process() {
    return new Fetching(s3, new Source(), PART);
  }

  Optional<Fetched> fetch(IngestSettings settings) throws IOException {
    return fetching.fetch(new Order(settings, "landing", key), noted.upload, noted);
  }

  IngestSettings plain() {
    return settings(1L << 30, Optional.empty());
  }

  IngestSettings withHash(byte[] body) {
    return settings(1L << 30, Optional.of(HexFormat.of().formatHex(sha256(body))));
  }

  static byte[] sha256(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  IngestSettings settings(long maxBytes, Optional<String> sha256) {
    return new IngestSettings(source.url(), "orders.csv", maxBytes, Fetcher.SERVICE, sha256);
  }

  void assertRefused(FailureKind kind, IngestSettings settings, String words) {
    assertThatThrownBy(() -> fetch(settings))
        .isInstanceOfSatisfying(
            RefusedSource.class, refused -> assertThat(refused.kind()).isEqualTo(kind))
        .hasMessageContaining(words);
  }

  byte[] stored() {
    return s3.getObjectAsBytes(request -> request.bucket("landing").key(key)).asByteArray();
  }

  void assertNothingIsStored() {
    assertThat(s3.listObjectsV2(request -> request.bucket("landing").prefix(key)).contents())
        .isEmpty();
  }

  void assertNoUploadIsLeft() {
    assertThat(
            s3.listMultipartUploads(request -> request.bucket("landing")).uploads().stream()
                .map(MultipartUpload::key))
        .doesNotContain(key);
  }

  static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  static final class Noted implements Fetching.Notes {

    Optional<Upload> upload = Optional.empty();
    boolean isWanted = true;

    @Override
    public void note(Optional<Upload> now) {
      upload = now;
    }

    @Override
    public void progressed() {}

    @Override
    public boolean isWanted() {
      return isWanted;
    }
  }
}
