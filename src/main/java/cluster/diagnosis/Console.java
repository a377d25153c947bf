package cluster.diagnosis;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import run.Link;

/**
 * The pages of AWS's console in one region.
 *
 * <p>Sources: AWS General Reference, "AWS Management Console endpoints and quotas" (a region's own
 * host); "Getting Started with Amazon Web Services in China" and the AWS GovCloud (US) User Guide
 * (the consoles of the other partitions). AWS documents no addresses of single pages: they are
 * those that the console itself shows, and that Apache Airflow's Amazon provider links to ({@code
 * aws/links/emr.py}).
 *
 * @param region its code, for instance {@code eu-central-1}
 */
public record Console(String region) {

  /** A cluster's page, with its steps, events and machines. */
  public Link cluster(String clusterId) {
    return new Link(
        "Cluster %s in the EMR console".formatted(clusterId),
        "%s/emr/home?region=%s#/clusterDetails/%s"
            .formatted(host(), encoded(region), encoded(clusterId)));
  }

  /** The folder of a step's logs. */
  public Link stepLogs(ClusterLogs logs, String stepId) {
    return folder(
        "Logs of step %s in the S3 console".formatted(stepId),
        logs.bucket(),
        logs.stepFolder(stepId));
  }

  /**
   * The folder of the logs of the bootstrap action that EMR names as failed, or of all nodes if it
   * names none.
   *
   * @param reason EMR's state change message
   */
  public Link bootstrapLogs(ClusterLogs logs, String reason) {
    return folder(
        "Logs of the bootstrap actions in the S3 console",
        logs.bucket(),
        logs.bootstrapFolder(reason).orElseGet(logs::nodesFolder));
  }

  /** The folder of the logs of a cluster's YARN containers, the Spark driver's among them. */
  public Link containerLogs(ClusterLogs logs) {
    return folder(
        "Logs of the Spark driver and executors in the S3 console",
        logs.bucket(),
        logs.containersFolder());
  }

  private Link folder(String label, String bucket, String prefix) {
    return new Link(
        label,
        "%s/s3/buckets/%s?region=%s&bucketType=general&prefix=%s"
            .formatted(host(), encoded(bucket), encoded(region), encoded(prefix)));
  }

  private String host() {
    if (region.startsWith("cn-")) {
      return "https://console.amazonaws.cn";
    }
    return region.startsWith("us-gov-")
        ? "https://console.amazonaws-us-gov.com"
        : "https://" + encoded(region) + ".console.aws.amazon.com";
  }

  /** Percent-encoded UTF-8 (RFC 3986), but for the slashes of a key; Java encodes as forms are. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~")
        .replace("%2F", "/");
  }
}
