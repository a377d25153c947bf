package landing;

import batch.LandedObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Asks S3 for the checksums of whole objects. An ETag depends on how an object was uploaded as well
 * as on its content; a checksum of the whole object is the same whether it came in one part or in
 * several. Since the end of 2024 S3 has a CRC-64/NVME of each object that was put without another
 * checksum. With SHA-1 or SHA-256, an object in parts only has a checksum of checksums, which is of
 * no use here.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html">
 *     Checking object integrity for data uploads, "Full object and composite checksum types"</a>
 */
@ApplicationScoped
public class Checksums {

  /** Each thread waits for S3 most of its time. */
  private static final int AT_ONCE = 8;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;
  private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

  Checksums(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * The objects, each with its checksum if S3 has one of the whole object. One call per object.
   *
   * @throws IllegalStateException if S3 does not allow it
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public List<LandedObject> ask(List<LandedObject> objects) {
    List<Future<LandedObject>> asked =
        objects.stream()
            .map(object -> threads.submit(() -> object.withChecksum(checksum(object))))
            .toList();
    return asked.stream().map(Checksums::answer).toList();
  }

  private static LandedObject answer(Future<LandedObject> asked) {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The service stops", e);
    }
  }

  /** Empty also for a version that no longer exists. */
  private Optional<String> checksum(LandedObject object) {
    try {
      HeadObjectResponse head =
          s3.headObject(
              request ->
                  request
                      .bucket(object.bucket())
                      .key(object.key())
                      .ifMatch(object.etag())
                      .checksumMode(ChecksumMode.ENABLED));
      return ofWhole("SHA256", head.checksumSHA256())
          .or(() -> ofWhole("SHA1", head.checksumSHA1()))
          .or(() -> ofWhole("CRC64NVME", head.checksumCRC64NVME()))
          .or(() -> ofWhole("CRC32C", head.checksumCRC32C()))
          .or(() -> ofWhole("CRC32", head.checksumCRC32()));
    } catch (S3Exception e) {
      if (e.statusCode() == NOT_FOUND || e.statusCode() == PRECONDITION_FAILED) {
        return Optional.empty();
      }
      if (e.statusCode() == FORBIDDEN) {
        throw new IllegalStateException(
            "Cannot read the checksum of %s: S3 forbids HeadObject; allow s3:GetObject there, or set landing.same-content=load-again"
                .formatted(LandedObject.names(List.of(object))),
            e);
      }
      throw e;
    }
  }

  /** A checksum of checksums has the number of parts behind a dash. */
  private static Optional<String> ofWhole(String algorithm, String value) {
    return Stream.ofNullable(value)
        .filter(written -> !written.contains("-"))
        .map(written -> algorithm + ":" + written)
        .findFirst();
  }

  @PreDestroy
  void stop() {
    threads.shutdownNow();
  }
}
