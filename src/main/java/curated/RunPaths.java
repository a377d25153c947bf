package curated;

import run.RunId;

/**
 * The places of a run's files in the curated bucket. Files for the table are below the pipeline's
 * curated prefix; files that service and job exchange are below {@value #WORK}, where no external
 * table sees them.
 *
 * @param pipeline the pipeline's name
 * @param settings its curated settings
 * @param run the run
 */
public record RunPaths(String pipeline, CuratedSettings settings, RunId run) {

  /** The prefix of files that no table reads. */
  public static final String WORK = "_work/";

  /** The beginning of a run's folder. */
  public static final String RUN = "run=";

  /** The manifest's key. */
  public String manifestKey() {
    return inFlight() + "manifest.json";
  }

  /** The key of the manifest that an attempt writes if it ingests its object itself. */
  public String manifestKey(int attempt) {
    return inFlight(attempt) + "manifest.json";
  }

  /** The key of an attempt's job description. */
  public String jobKey(int attempt) {
    return inFlight(attempt) + "job.json";
  }

  /** The key of an attempt's result file. */
  public String resultKey(int attempt) {
    return inFlight(attempt) + "result.json";
  }

  /** The prefix of an attempt's rejected rows. */
  public String rejectedPrefix(int attempt) {
    return inFlight(attempt) + "rejected/";
  }

  /**
   * An attempt's output relative to the table's prefix; a REFRESH of the external table names it.
   */
  public String outputPath(int attempt) {
    return RUN + "%s/attempt=%d/".formatted(run, attempt);
  }

  /** The key prefix of an attempt's output. */
  public String outputPrefix(int attempt) {
    return settings.prefix() + outputPath(attempt);
  }

  /** A key's address in the curated bucket. */
  public String uri(String key) {
    return "s3://" + settings.bucket() + "/" + key;
  }

  private String inFlight() {
    return "%s%s/%s%s/".formatted(WORK, pipeline, RUN, run);
  }

  private String inFlight(int attempt) {
    return "%sattempt=%d/".formatted(inFlight(), attempt);
  }
}
