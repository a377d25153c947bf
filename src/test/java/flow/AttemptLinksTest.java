package flow;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.diagnosis.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import run.Attempt;
import run.ClusterState;
import run.Failure;
import run.FailureKind;
import run.Link;
import run.StepState;
import testing.Iris;

class AttemptLinksTest {

  private final AttemptLinks links = new AttemptLinks(new Console("eu-central-1"));

  @ParameterizedTest
  @CsvSource({
    "'On the master instance (i-0af3), bootstrap action 2 returned a non-zero return code', node/i-0af3/bootstrap-actions/2/",
    "'Application provisioning failed', node/"
  })
  void an_attempt_that_failed_in_bootstrap_has_a_link_to_the_logs_of_what_emr_blames(
      String reason, String folder) {
    Attempt failed =
        Iris.launched()
            .seen(
                Iris.cluster(
                    ClusterState.TERMINATED_WITH_ERRORS,
                    "BOOTSTRAP_FAILURE",
                    reason,
                    Iris.unbegun()))
            .failed(new Failure(FailureKind.BOOTSTRAP, reason, "mend it"));

    assertThat(links.links(failed))
        .extracting(Link::url)
        .hasSize(2)
        .last()
        .asString()
        .endsWith("&prefix=_work/logs/j-2AXXXXXXGAPLF/" + folder);
  }

  @Test
  void a_failed_step_has_links_to_its_own_logs_and_to_the_drivers() {
    Attempt failed =
        Iris.launched().seen(Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.FAILED)));

    assertThat(links.links(failed))
        .extracting(Link::label)
        .containsExactly(
            "Cluster j-2AXXXXXXGAPLF in the EMR console",
            "Logs of step s-1 in the S3 console",
            "Logs of the Spark driver and executors in the S3 console");
  }

  @Test
  void an_attempt_that_succeeded_has_links_to_its_cluster_and_to_the_logs_of_each_step() {
    Attempt succeeded =
        Iris.launched().seen(Iris.cluster(ClusterState.TERMINATED, Iris.step(StepState.COMPLETED)));

    assertThat(links.links(succeeded))
        .extracting(Link::label)
        .containsExactly(
            "Cluster j-2AXXXXXXGAPLF in the EMR console",
            "Logs of step s-1 in the S3 console",
            "Logs of the Spark driver and executors in the S3 console");
  }

  @Test
  void an_attempt_without_a_cluster_has_no_links() {
    assertThat(links.links(Iris.intended())).isEmpty();
    assertThat(links.clusterPage(Iris.intended())).isEmpty();
  }
}
