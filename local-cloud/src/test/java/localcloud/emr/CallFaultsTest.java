package localcloud.emr;

import static localcloud.emr.LocalEmr.longRunning;
import static localcloud.faults.Orders.order;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import localcloud.faults.ReceivedCall;
import localcloud.faults.Victim;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.ClusterSummary;
import software.amazon.awssdk.services.emr.model.EmrException;

/** What a client that does not try again sees of faults, and what they leave behind at EMR. */
class CallFaultsTest {
  @TempDir static Path data;
  static LocalEmr local;
  static EmrClient emr;

  @BeforeAll
  static void start() throws IOException {
    local = new LocalEmr(data);
    emr =
        EmrClient.builder()
            .endpointOverride(local.server.endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .overrideConfiguration(o -> o.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void clear() {
    local.faults.clear();
  }

  @AfterAll
  static void stop() throws IOException {
    emr.close();
    local.close();
  }

  @Test
  void killed_on_arrival_the_call_has_had_no_effect() throws IOException {
    try (Victim victim = new Victim()) {
      kill(victim, "'when':'arrival'");

      assertThatThrownBy(() -> run("arrival")).isInstanceOf(SdkClientException.class);

      victim.awaitDeath();
      assertThat(named("arrival")).isEmpty();
      run("arrival");
    }
  }

  @Test
  void killed_after_acting_the_call_has_had_its_effect() throws IOException {
    try (Victim victim = new Victim()) {
      kill(victim, "'when':'acted'");

      assertThatThrownBy(() -> run("acted")).isInstanceOf(SdkClientException.class);

      victim.awaitDeath();
      assertThat(named("acted")).hasSize(1);
    }
  }

  @Test
  void killed_after_the_answer_the_caller_has_got_it() throws IOException {
    try (Victim victim = new Victim()) {
      kill(victim, "'when':'answered','delay':'2s'");

      String id = run("answered");

      assertThat(victim.isAlive()).isTrue();
      assertThat(named("answered")).extracting(ClusterSummary::id).containsExactly(id);
      victim.awaitDeath();
    }
  }

  @Test
  void killed_at_once_after_the_answer() throws IOException {
    try (Victim victim = new Victim()) {
      kill(victim, "'when':'answered'");

      assertThat(run("at-once")).isNotEmpty();

      victim.awaitDeath();
    }
  }

  @Test
  void lost_reply_leaves_the_cluster_behind() {
    order(local.faults, "{'service':'EMR','operation':'RunJobFlow','does':'lose-reply'}");

    assertThatThrownBy(() -> run("lost")).isInstanceOf(SdkClientException.class);

    assertThat(named("lost")).hasSize(1);
  }

  @Test
  void cut_connection_leaves_nothing_behind() {
    order(local.faults, "{'service':'EMR','operation':'RunJobFlow','does':'cut'}");

    assertThatThrownBy(() -> run("cut")).isInstanceOf(SdkClientException.class);

    assertThat(named("cut")).isEmpty();
  }

  @Test
  void error_is_answered_in_emr_s_form_and_nothing_is_done() {
    order(
        local.faults,
        """
        {'service':'EMR','operation':'RunJobFlow','does':'error','status':500,
         'code':'InternalServerException','message':'An internal error'}""");

    assertThatThrownBy(() -> run("error"))
        .isInstanceOfSatisfying(
            EmrException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(500);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("InternalServerException");
              assertThat(e.awsErrorDetails().errorMessage()).isEqualTo("An internal error");
            });

    assertThat(named("error")).isEmpty();
  }

  @Test
  void throttled_call_is_answered_as_by_a_quota_and_recorded() {
    order(local.faults, "{'service':'EMR','operation':'RunJobFlow','does':'throttle'}");

    assertThatThrownBy(() -> run("throttled"))
        .isInstanceOfSatisfying(
            EmrException.class,
            e -> {
              assertThat(e.statusCode()).isEqualTo(400);
              assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
              assertThat(e.isThrottlingException()).isTrue();
            });

    assertThat(named("throttled")).isEmpty();
    assertThat(local.server.calls()).anyMatch(call -> call.outcome().equals("ThrottlingException"));
  }

  @Test
  void delayed_call_has_acted_before_its_answer_comes() {
    order(local.faults, "{'service':'EMR','operation':'RunJobFlow','does':'delay','delay':'2s'}");
    Thread caller = new Thread(() -> run("delayed"));
    caller.start();

    LocalEmr.await(() -> !named("delayed").isEmpty());

    assertThat(caller.isAlive()).isTrue();
    LocalEmr.await(() -> !caller.isAlive());
  }

  @Test
  void fault_can_be_chosen_by_the_cluster_s_name() {
    String spared = run("spared");
    String struck = run("struck");
    order(
        local.faults,
        "{'service':'EMR','operation':'TerminateJobFlows','match':'^struck ','does':'cut'}");

    emr.terminateJobFlows(b -> b.jobFlowIds(spared));
    assertThatThrownBy(() -> emr.terminateJobFlows(b -> b.jobFlowIds(struck)))
        .isInstanceOf(SdkClientException.class);
  }

  @Test
  void every_call_is_listed_with_the_clusters_it_concerns() {
    long before = local.faults.calls(0).stream().mapToLong(ReceivedCall::number).max().orElse(0);

    String id = run("told");
    emr.describeCluster(b -> b.clusterId(id));
    emr.listClusters();
    assertThatThrownBy(() -> emr.describeCluster(b -> b.clusterId("j-UNKNOWN")))
        .isInstanceOf(EmrException.class);

    assertThat(local.faults.calls(before))
        .extracting(received -> received.call().operation() + ": " + received.call().detail())
        .containsExactly(
            "RunJobFlow: told",
            "DescribeCluster: told " + id,
            "ListClusters: ",
            "DescribeCluster: j-UNKNOWN");
  }

  @Test
  void new_cluster_is_listed_late_but_described_at_once(@TempDir Path own) throws IOException {
    MovableClock clock = MovableClock.standing();
    try (LocalEmr late = new LocalEmr(own, clock, Duration.ofSeconds(3), false)) {
      String id = late.run(longRunning());

      clock.forward(Duration.ofMillis(2_999));
      assertThat(late.emr.listClusters().clusters()).isEmpty();
      assertThat(late.describe(id).id()).isEqualTo(id);
      clock.forward(Duration.ofSeconds(3));
      assertThat(late.emr.listClusters().clusters()).hasSize(1);
    }
  }

  private static void kill(Victim victim, String when) {
    order(
        local.faults,
        "{'service':'EMR','operation':'RunJobFlow','does':'kill','pid':%d,%s}"
            .formatted(victim.pid(), when));
  }

  private static String run(String name) {
    return emr.runJobFlow(longRunning().name(name).build()).jobFlowId();
  }

  private static List<ClusterSummary> named(String name) {
    return emr.listClustersPaginator().clusters().stream()
        .filter(cluster -> cluster.name().equals(name))
        .toList();
  }
}
