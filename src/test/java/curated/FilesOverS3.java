package curated;

import software.amazon.awssdk.services.s3.S3Client;

/** What the service does with curated files, over a client of the test's choice. */
public final class FilesOverS3 {

  private FilesOverS3() {}

  /** Lists and deletes. */
  public static CuratedFiles files(S3Client s3) {
    return new CuratedFiles(s3);
  }
}
