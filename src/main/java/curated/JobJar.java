package curated;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The Spark job's jar, which travels inside the service as a resource and is staged to S3 under the
 * hash of its content: a new version never changes what a running cluster reads.
 */
public final class JobJar {

  /** The class that EMR starts. */
  public static final String MAIN_CLASS = "sparkjob.SparkJob";

  private static final String RESOURCE = "/spark-job/spark-job.jar";

  private final byte[] bytes;
  private final String sha256;

  private JobJar(byte[] bytes) throws NoSuchAlgorithmException {
    this.bytes = bytes;
    this.sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  /**
   * The jar that this service carries.
   *
   * @throws IllegalStateException if it carries none
   */
  public static JobJar carried() {
    try (InputStream resource = JobJar.class.getResourceAsStream(RESOURCE)) {
      if (resource == null) {
        throw new IllegalStateException(
            "Cannot find the Spark job in this build: no resource " + RESOURCE);
      }
      return new JobJar(resource.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read resource " + RESOURCE, e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java has no SHA-256", e);
    }
  }

  /** Its content. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** Its key in the curated bucket. */
  public String key() {
    return "%sjobs/spark-job-%s.jar".formatted(RunPaths.WORK, sha256);
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
