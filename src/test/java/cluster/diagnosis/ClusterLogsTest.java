package cluster.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Iris;

class ClusterLogsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s3://acme-logs/emr/",
        "s3://acme-logs/emr",
        "s3n://acme-logs/emr/",
        "s3a://acme-logs/emr",
        "S3://acme-logs/emr/"
      })
  void all_ways_to_write_a_log_uri_mean_one_place(String logUri) {
    ClusterLogs logs = ClusterLogs.of(logUri, Iris.CLUSTER);

    assertThat(logs).isEqualTo(new ClusterLogs("acme-logs", "emr/j-2AXXXXXXGAPLF/"));
  }

  @ParameterizedTest
  @CsvSource({
    "s3://acme-logs, j-1/",
    "s3://acme-logs/, j-1/",
    "s3://acme-logs/a/b, a/b/j-1/",
    "s3://acme-logs//a//, /a//j-1/",
    "s3://acme-logs/späte logs 100%+1, späte logs 100%+1/j-1/"
  })
  void the_rest_of_a_log_uri_is_taken_as_it_stands(String logUri, String prefix) {
    assertThat(ClusterLogs.of(logUri, "j-1")).isEqualTo(new ClusterLogs("acme-logs", prefix));
  }

  @Test
  void the_logs_of_a_step_are_where_emr_puts_them() {
    ClusterLogs logs = ClusterLogs.of("s3://curated/_work/logs/", Iris.CLUSTER);

    assertThat(logs.stepFolder("s-1")).isEqualTo("_work/logs/j-2AXXXXXXGAPLF/steps/s-1/");
    assertThat(logs.stderrKey("s-1")).isEqualTo("_work/logs/j-2AXXXXXXGAPLF/steps/s-1/stderr.gz");
    assertThat(logs.containersFolder()).isEqualTo("_work/logs/j-2AXXXXXXGAPLF/containers/");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "acme-logs/emr/", "s3://", "s3:///emr/", "hdfs:///logs/", "https://x/"})
  void what_is_no_s3_uri_is_refused_by_name(String logUri) {
    assertThatThrownBy(() -> ClusterLogs.of(logUri, Iris.CLUSTER))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot find logs at %s: it is not s3://<bucket>/<prefix>", logUri);
  }

  @Test
  void the_log_of_a_bootstrap_action_is_the_one_that_emr_blames() {
    ClusterLogs logs = ClusterLogs.of("s3://curated/logs/", "j-1");

    assertThat(
            logs.bootstrapStderrKey(
                "On the master instance (i-0af3), bootstrap action 2 returned a non-zero return code"))
        .contains("logs/j-1/node/i-0af3/bootstrap-actions/2/stderr.gz");
    assertThat(logs.bootstrapFolder("(i-0af3), bootstrap action 2 returned"))
        .contains("logs/j-1/node/i-0af3/bootstrap-actions/2/");
    assertThat(logs.bootstrapStderrKey("On 2 slave instances, application provisioning failed"))
        .isEmpty();
    assertThat(logs.isBootstrapStderr("logs/j-1/node/i-1/bootstrap-actions/1/stderr.gz")).isTrue();
    assertThat(logs.isBootstrapStderr("logs/j-1/node/i-1/bootstrap-actions/1/stdout.gz")).isFalse();
  }
}
