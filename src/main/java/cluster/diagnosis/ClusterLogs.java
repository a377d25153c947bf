package cluster.diagnosis;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where EMR writes a cluster's logs. They arrive minutes late, or never if EMR cannot write to the
 * log bucket.
 *
 * <p>Source: Amazon EMR Management Guide, "View log files": {@code <log URI>/<cluster
 * id>/steps/<step id>/}, {@code <log URI>/<cluster id>/containers/} and {@code <log URI>/<cluster
 * id>/node/<instance id>/bootstrap-actions/<n>/}, every file gzipped.
 *
 * @param bucket the log bucket
 * @param prefix the key prefix of all files of this cluster, which ends with a slash
 */
public record ClusterLogs(String bucket, String prefix) {

  /** EMR also accepts Hadoop's other names for S3, which mean the same place. */
  private static final Pattern S3_URI =
      Pattern.compile("s3[an]?://([^/]+)(?:/(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private static final Pattern BLAMED =
      Pattern.compile("\\b(i-[0-9A-Za-z]+)\\b.*\\bbootstrap action (\\d+)\\b", Pattern.DOTALL);

  /**
   * The logs of one cluster.
   *
   * @param logUri the LogUri of the cluster's request, not URL-encoded, with or without a slash at
   *     its end
   * @throws IllegalArgumentException if it is no S3 URI
   */
  public static ClusterLogs of(String logUri, String clusterId) {
    Matcher uri = S3_URI.matcher(logUri);
    if (!uri.matches()) {
      throw new IllegalArgumentException(
          "Cannot find logs at %s: it is not s3://<bucket>/<prefix>".formatted(logUri));
    }
    String folder = uri.group(2) == null ? "" : uri.group(2);
    boolean open = !folder.isEmpty() && !folder.endsWith("/");
    return new ClusterLogs(uri.group(1), folder + (open ? "/" : "") + clusterId + "/");
  }

  /** The key prefix of a step's logs. */
  public String stepFolder(String stepId) {
    return prefix + "steps/" + stepId + "/";
  }

  /** The key of a step's standard error. */
  public String stderrKey(String stepId) {
    return stepFolder(stepId) + "stderr.gz";
  }

  /**
   * The key prefix of the files that the cluster's nodes wrote, each node's below its instance's
   * id.
   */
  public String nodesFolder() {
    return prefix + "node/";
  }

  /**
   * The key prefix of the logs of the bootstrap action that EMR names as failed; empty if it does
   * not name the action and its instance.
   *
   * @param reason EMR's state change message, such as "On the master instance (i-…), bootstrap
   *     action 1 returned a non-zero return code"
   */
  public Optional<String> bootstrapFolder(String reason) {
    Matcher blamed = BLAMED.matcher(reason);
    return blamed.find()
        ? Optional.of(
            "%s%s/bootstrap-actions/%s/".formatted(nodesFolder(), blamed.group(1), blamed.group(2)))
        : Optional.empty();
  }

  /**
   * The key of the standard error of the bootstrap action that EMR names as failed, if it names
   * one.
   */
  public Optional<String> bootstrapStderrKey(String reason) {
    return bootstrapFolder(reason).map(folder -> folder + "stderr.gz");
  }

  /** Whether that is the key of the standard error of a bootstrap action. */
  public boolean isBootstrapStderr(String key) {
    return key.startsWith(nodesFolder()) && key.matches(".*/bootstrap-actions/\\d+/stderr\\.gz");
  }

  /**
   * The key prefix of the logs of YARN's containers. With {@code --deploy-mode cluster} the Spark
   * driver is one of them, and the step's stderr has only YARN's report about it.
   */
  public String containersFolder() {
    return prefix + "containers/";
  }
}
