package staging;

import jakarta.inject.Singleton;

/** The Spark job's jar. */
@Singleton
public class JobJar extends CarriedFile {

  /** The class that EMR starts. */
  public static final String MAIN_CLASS = "sparkjob.SparkJob";

  public JobJar() {
    super("/spark-job/spark-job.jar", "the Spark job", "spark-job-%s.jar");
  }
}
