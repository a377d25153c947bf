package curated;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.stream.Stream;
import run.RunId;
import software.amazon.awssdk.services.s3.S3Client;

/** The runs of a pipeline that ever had a manifest in S3. */
@ApplicationScoped
public class RunFolders {

  private final S3Client s3;

  RunFolders(S3Client s3) {
    this.s3 = s3;
  }

  /**
   * The runs, page by page of ListObjectsV2.
   *
   * @throws software.amazon.awssdk.core.exception.SdkException if S3 refuses or is unreachable
   */
  public Stream<RunId> runs(String pipeline, CuratedSettings settings) {
    String folders = RunPaths.WORK + pipeline + "/run=";
    return s3
        .listObjectsV2Paginator(
            request -> request.bucket(settings.bucket()).prefix(folders).delimiter("/"))
        .commonPrefixes()
        .stream()
        .map(folder -> folder.prefix().substring(folders.length()).replace("/", ""))
        .filter(RunId::isOne)
        .map(RunId::new);
  }
}
