package ingest;

import curated.RunPaths;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import staging.CarriedFile;
import staging.JobJar;

/**
 * The script with which a cluster ingests a pipeline's URL. It is packaged and staged like the
 * {@link JobJar}.
 */
public final class IngestScript {

  private final CarriedFile file;

  private IngestScript(CarriedFile file) {
    this.file = file;
  }

  /**
   * The script that this service carries.
   *
   * @throws IllegalStateException if it carries none
   */
  public static IngestScript carried() {
    return new IngestScript(CarriedFile.read("/ingest/ingest.sh", "the ingest script"));
  }

  /** Its content. */
  public byte[] bytes() {
    return file.bytes();
  }

  /** Its key in the curated bucket. */
  public String key() {
    return "%sjobs/ingest-%s.sh".formatted(RunPaths.WORK, file.sha256());
  }

  /** Reads it once for the whole process. */
  static class Carried {

    @Produces
    @Singleton
    IngestScript script() {
      return carried();
    }
  }
}
