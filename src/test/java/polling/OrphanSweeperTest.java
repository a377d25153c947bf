package polling;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.emr.CannedGateway;
import flow.ClusterSnapshot;
import inflight.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.SweeperSettings;
import run.ClusterState;
import run.ListedCluster;
import run.OrphanCluster;
import run.OrphanCluster.Fate;
import store.FileStore;
import store.RunStore;
import testing.CannedEmr;
import testing.Iris;
import testing.MovableClock;
import testing.Settings;

class OrphanSweeperTest {

  private static final SweeperSettings AT_ONCE =
      new SweeperSettings(SweeperSettings.Mode.TERMINATE, Duration.ZERO, Duration.ofMinutes(5));

  @TempDir Path folder;

  private final InFlight inFlight = new InFlight();
  private RunStore runs;
  private CannedGateway emr;
  private OrphanSweeper sweeper;

  @BeforeEach
  void connect() {
    emr =
        new CannedGateway(new MovableClock(Iris.NOON))
            .on("TerminateJobFlows", CannedEmr.answer(200, ""));
    runs = new FileStore(folder).runs();
    sweeper =
        new OrphanSweeper(emr.gateway(), emr.quotas(), runs, Settings.service(), AT_ONCE, inFlight);
    Instant created = runs.createdAt().plusSeconds(1);
    ListedCluster orphan =
        new ListedCluster(
            Iris.CLUSTER,
            Iris.intended().clusterName(),
            created,
            Iris.cluster(ClusterState.RUNNING));
    inFlight.clustersSeen(
        new ClusterSnapshot(created.plusSeconds(1), Map.of(Iris.CLUSTER, orphan)));
  }

  @AfterEach
  void disconnect() {
    emr.close();
  }

  @Test
  void an_orphan_whose_tags_name_this_run_store_is_terminated() {
    emr.on("DescribeCluster", tagged("test", runs.id()));

    sweeper.sweep();

    assertThat(emr.requests("TerminateJobFlows"))
        .containsExactly("{\"JobFlowIds\":[\"%s\"]}".formatted(Iris.CLUSTER));
    assertThat(fate()).isEqualTo(Fate.TERMINATE);
  }

  @Test
  void the_tags_of_an_orphan_of_another_run_store_are_read_once_and_it_is_left_alone() {
    emr.on("DescribeCluster", tagged("test", "another"));

    sweeper.sweep();
    sweeper.sweep();

    assertThat(emr.requests("DescribeCluster")).hasSize(1);
    assertThat(emr.requests("TerminateJobFlows")).isEmpty();
    assertThat(fate()).isEqualTo(Fate.LEFT_ALONE);
  }

  @Test
  void an_orphan_whose_tags_cannot_be_read_waits_for_the_next_poll() {
    emr.on("DescribeCluster", CannedEmr.error(400, "ThrottlingException", "Rate exceeded"));

    sweeper.sweep();

    assertThat(emr.requests("TerminateJobFlows")).isEmpty();
    assertThat(fate()).isEqualTo(Fate.WAITS);
  }

  private Fate fate() {
    assertThat(inFlight.orphans()).hasSize(1);
    return inFlight.orphans().stream().map(OrphanCluster::fate).findFirst().orElseThrow();
  }

  private static CannedEmr.Answer tagged(String installation, String store) {
    return CannedEmr.answer(
        200,
        """
        {"Cluster":{"Id":"j-1","Status":{"State":"RUNNING"},"Tags":[
          {"Key":"transient-pipelines:installation","Value":"%s"},
          {"Key":"transient-pipelines:store","Value":"%s"}]}}"""
            .formatted(installation, store));
  }
}
