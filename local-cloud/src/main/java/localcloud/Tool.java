package localcloud;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import localcloud.s3.S3Uri;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.StepSummary;
import software.amazon.awssdk.services.s3.S3Client;

/** Two things that a demonstration asks of S3 and EMR, with the SDK's clients. */
public final class Tool {
  private static final String USAGE =
      """
      Usage: java -cp local-cloud.jar localcloud.Tool put S3-ENDPOINT FILE s3://BUCKET/KEY
             java -cp local-cloud.jar localcloud.Tool cluster EMR-ENDPOINT CLUSTER-ID""";

  private Tool() {}

  public static void main(String[] args) {
    List<String> words = List.of(args);
    if (words.size() == 4 && words.get(0).equals("put")) {
      put(URI.create(words.get(1)), Path.of(words.get(2)), words.get(3));
    } else if (words.size() == 3 && words.get(0).equals("cluster")) {
      cluster(URI.create(words.get(1)), words.get(2));
    } else {
      System.err.println(USAGE);
      System.exit(2);
    }
  }

  /** Uploads the file; its key is everything behind the bucket, as it is. */
  private static void put(URI endpoint, Path file, String target) {
    S3Uri object = S3Uri.parse(target);
    try (S3Client s3 =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      s3.putObject(b -> b.bucket(object.bucket()).key(object.key()), RequestBody.fromFile(file));
    }
  }

  /** Prints the cluster's state and its steps' as EMR tells them. */
  private static void cluster(URI endpoint, String id) {
    try (EmrClient emr =
        EmrClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      Cluster cluster = emr.describeCluster(b -> b.clusterId(id)).cluster();
      System.out.printf(
          "cluster %s %s %s %s%n",
          id,
          cluster.status().stateAsString(),
          cluster.status().stateChangeReason().codeAsString(),
          cluster.status().stateChangeReason().message());
      for (StepSummary step : emr.listStepsPaginator(b -> b.clusterId(id)).steps()) {
        System.out.printf("step %s %s %s%n", step.id(), step.status().stateAsString(), step.name());
      }
    }
  }
}
