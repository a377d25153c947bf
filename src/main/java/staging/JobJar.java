package staging;

import curated.RunPaths;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/**
 * The Spark job's jar, which the service contains as a resource and stages to S3 under the hash of
 * its content: a new version never changes what a running cluster reads.
 */
public final class JobJar {

  /** The class that EMR starts. */
  public static final String MAIN_CLASS = "sparkjob.SparkJob";

  private final CarriedFile file;

  private JobJar(CarriedFile file) {
    this.file = file;
  }

  /**
   * The jar in this service.
   *
   * @throws IllegalStateException if this build does not contain it
   */
  public static JobJar carried() {
    return new JobJar(CarriedFile.read("/spark-job/spark-job.jar", "the Spark job"));
  }

  /** Its content. */
  public byte[] bytes() {
    return file.bytes();
  }

  /** Its key in the curated bucket. */
  public String key() {
    return "%sjobs/spark-job-%s.jar".formatted(RunPaths.WORK, file.sha256());
  }

  /** Reads it once for the whole process. */
  static class Carried {

    @Produces
    @Singleton
    JobJar jar() {
      return carried();
    }
  }
}
