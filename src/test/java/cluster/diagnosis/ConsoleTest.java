package cluster.diagnosis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.Link;
import testing.Iris;

class ConsoleTest {

  @ParameterizedTest
  @CsvSource({
    "eu-central-1, https://eu-central-1.console.aws.amazon.com",
    "us-east-1, https://us-east-1.console.aws.amazon.com",
    "cn-north-1, https://console.amazonaws.cn",
    "us-gov-west-1, https://console.amazonaws-us-gov.com"
  })
  void each_partition_has_its_console(String region, String host) {
    Console console = new Console(region);

    assertThat(console.cluster(Iris.CLUSTER))
        .isEqualTo(
            new Link(
                "Cluster j-2AXXXXXXGAPLF in the EMR console",
                host + "/emr/home?region=" + region + "#/clusterDetails/j-2AXXXXXXGAPLF"));
    assertThat(console.stepLogs(ClusterLogs.of("s3://acme-logs/emr/", "j-1"), "s-1"))
        .isEqualTo(
            new Link(
                "Logs of step s-1 in the S3 console",
                host
                    + "/s3/buckets/acme-logs?region="
                    + region
                    + "&bucketType=general&prefix=emr/j-1/steps/s-1/"));
  }

  @Test
  void a_key_with_spaces_and_whatever_else_arrives_as_it_is() {
    String folder = "späte logs/100%+1&a=b#c?d'\"\\🌷/";
    ClusterLogs logs = ClusterLogs.of("s3://acme-logs/" + folder, "j-1");

    URI uri = URI.create(new Console("eu-central-1").stepLogs(logs, "s-1").url());

    assertThat(uri.getFragment()).isNull();
    assertThat(uri.getRawQuery().split("&", -1)).hasSize(3);
    String prefix = uri.getRawQuery().split("&prefix=", -1)[1];
    assertThat(prefix)
        .startsWith("sp%C3%A4te%20logs/100%25%2B1%26a%3Db%23c%3Fd%27%22%5C%F0%9F%8C%B7/");
    assertThat(URLDecoder.decode(prefix, UTF_8)).isEqualTo(folder + "j-1/steps/s-1/");
  }

  @Test
  void the_logs_of_the_driver_in_the_cluster_have_their_own_folder() {
    assertThat(new Console("eu-central-1").containerLogs(ClusterLogs.of("s3://acme-logs", "j-1")))
        .isEqualTo(
            new Link(
                "Logs of the Spark driver and executors in the S3 console",
                "https://eu-central-1.console.aws.amazon.com/s3/buckets/acme-logs?region=eu-central-1&bucketType=general&prefix=j-1/containers/"));
  }
}
