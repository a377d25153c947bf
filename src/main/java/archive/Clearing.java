package archive;

import batch.LandedObject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import landing.LandingSettings;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Archives or deletes a landed object, and only that version of it: each call is conditional on its
 * ETag. Repeating it after a crash at any point has the same result.
 */
@ApplicationScoped
public class Clearing {

  /**
   * The largest object that CopyObject takes, in bytes (Amazon S3 API Reference, CopyObject: "up to
   * 5 GB in a single atomic action").
   */
  private static final long MOST_COPIED = 5L * 1024 * 1024 * 1024;

  /** In bytes; a part may be as large as the largest object of CopyObject. */
  private static final long PART = 1024L * 1024 * 1024;

  /** Amazon S3 User Guide, "Naming Amazon S3 objects": 1,024 bytes in UTF-8. */
  private static final int LONGEST_KEY = 1_024;

  private static final Set<String> OTHER_THINGS_GONE = Set.of("NoSuchBucket", "NoSuchUpload");
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  private final S3Client s3;
  private final long mostCopied;
  private final PartwiseCopy partwise;

  @Inject
  public Clearing(S3Client s3) {
    this(s3, MOST_COPIED, PART);
  }

  /**
   * Creates it.
   *
   * @param mostCopied the largest object that is copied at once, in bytes
   * @param part the size of the parts of larger objects, in bytes
   */
  public Clearing(S3Client s3, long mostCopied, long part) {
    this.s3 = s3;
    this.mostCopied = mostCopied;
    this.partwise = new PartwiseCopy(s3, part);
  }

  /** The outcome for an object; none of these is tried again. */
  public enum Result {
    /** It was archived or deleted. */
    CLEARED,

    /** It was gone or overwritten already: a newer version is another landed object. */
    NOT_OURS,

    /** It stays, because its key below the archive prefix would be too long. */
    KEY_TOO_LONG
  }

  /**
   * Archives or deletes the object, as configured.
   *
   * @param settings with another value than KEEP
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable;
   *     then the object may be archived already, but is still where it landed
   */
  public Result clear(LandedObject object, LandingSettings settings) {
    Optional<String> archive = settings.archivePrefix().map(prefix -> prefix + object.key());
    if (archive.isPresent()
        && archive.get().getBytes(StandardCharsets.UTF_8).length > LONGEST_KEY) {
      return Result.KEY_TOO_LONG;
    }
    String etag = "\"" + object.etag() + "\"";
    try {
      // Not every store supports the conditions below.
      HeadObjectResponse there =
          s3.headObject(request -> request.bucket(object.bucket()).key(object.key()));
      if (!object.etag().equals(there.eTag().replace("\"", ""))) {
        return Result.NOT_OURS;
      }
      archive.ifPresent(key -> copy(object, there, key));
      s3.deleteObject(request -> request.bucket(object.bucket()).key(object.key()).ifMatch(etag));
      return Result.CLEARED;
    } catch (S3Exception e) {
      if (isGoneOrChanged(e)) {
        return Result.NOT_OURS;
      }
      throw e;
    }
  }

  /** A missing bucket or upload is another matter. */
  private static boolean isGoneOrChanged(S3Exception e) {
    boolean isAnother =
        e.awsErrorDetails() != null
            && OTHER_THINGS_GONE.contains(String.valueOf(e.awsErrorDetails().errorCode()));
    return e.statusCode() == PRECONDITION_FAILED || (e.statusCode() == NOT_FOUND && !isAnother);
  }

  private void copy(LandedObject object, HeadObjectResponse there, String key) {
    if (there.contentLength() > mostCopied) {
      partwise.copy(object, there, key);
      return;
    }
    s3.copyObject(
        request ->
            request
                .sourceBucket(object.bucket())
                .sourceKey(object.key())
                .copySourceIfMatch(there.eTag())
                .destinationBucket(object.bucket())
                .destinationKey(key)
                .overrideConfiguration(call -> call.apiCallTimeout(PartwiseCopy.PATIENCE)));
  }
}
