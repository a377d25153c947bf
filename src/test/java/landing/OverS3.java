package landing;

import archive.Clearing;
import java.time.Clock;
import software.amazon.awssdk.services.s3.S3Client;

/** What the service does with a landing bucket, over a client of the test's choice. */
public final class OverS3 {

  private OverS3() {}

  /** Lists. */
  public static LandingListing listing(S3Client s3, Clock clock) {
    return new LandingListing(s3, clock);
  }

  /** Asks for checksums. */
  public static Checksums checksums(S3Client s3) {
    return new Checksums(s3);
  }

  /** Archives and deletes. */
  public static Clearing clearing(S3Client s3) {
    return new Clearing(s3);
  }
}
