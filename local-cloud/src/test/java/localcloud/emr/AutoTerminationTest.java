package localcloud.emr;

import static localcloud.emr.LocalEmr.longRunning;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.ClusterState;

/**
 * A cluster that ends when it has been idle for long enough.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-auto-termination-policy.html">Using
 *     an auto-termination policy</a>
 */
class AutoTerminationTest {
  @TempDir Path data;

  @Test
  void idle_cluster_ends_when_its_policy_says() throws IOException {
    MovableClock clock = new MovableClock();
    try (LocalEmr local = new LocalEmr(data, clock)) {
      String id = local.run(longRunning().autoTerminationPolicy(p -> p.idleTimeout(60L)));
      local.awaitState(id, ClusterState.WAITING);

      clock.forward(Duration.ofSeconds(61));

      Cluster ended = local.awaitEnd(id);
      assertThat(ended.status().state()).isEqualTo(ClusterState.TERMINATED);
      assertThat(ended.status().stateChangeReason().message()).contains("auto-termination policy");
    }
  }

  @Test
  void policy_can_be_put_later() throws IOException {
    MovableClock clock = new MovableClock();
    try (LocalEmr local = new LocalEmr(data, clock)) {
      String id = local.run(longRunning());
      local.awaitState(id, ClusterState.WAITING);
      clock.forward(Duration.ofDays(30));
      assertThat(local.describe(id).status().state()).isEqualTo(ClusterState.WAITING);

      local.emr.putAutoTerminationPolicy(
          b -> b.clusterId(id).autoTerminationPolicy(p -> p.idleTimeout(604_800L)));

      assertThat(local.awaitEnd(id).status().state()).isEqualTo(ClusterState.TERMINATED);
    }
  }
}
