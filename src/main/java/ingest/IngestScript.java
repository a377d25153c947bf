package ingest;

import jakarta.inject.Singleton;
import staging.CarriedFile;

/** The script by which a cluster ingests what a pipeline's URL has. */
@Singleton
public class IngestScript extends CarriedFile {

  public IngestScript() {
    super("/ingest/ingest.sh", "the ingest script", "ingest-%s.sh");
  }
}
