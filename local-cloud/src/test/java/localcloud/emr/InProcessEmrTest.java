package localcloud.emr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.emr.model.ActionOnFailure;
import software.amazon.awssdk.services.emr.model.ClusterState;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.ListClustersRequest;
import software.amazon.awssdk.services.emr.model.ListClustersResponse;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.RunJobFlowResponse;
import software.amazon.awssdk.services.emr.model.StepConfig;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsRequest;
import software.amazon.awssdk.services.emr.model.TerminateJobFlowsResponse;

class InProcessEmrTest {

  private static final int BURST = 10;

  private final MovableClock clock = MovableClock.standing();
  private final InProcessEmr emr = new InProcessEmr(clock, Duration.ofSeconds(5), new Minutes());

  /** Ten minutes to start, twenty for a step, three to terminate. */
  private static final class Minutes implements InProcessEmr.Times {
    @Override
    public Duration provisioning(String cluster) {
      return Duration.ofMinutes(10);
    }

    @Override
    public Duration terminating(String cluster) {
      return Duration.ofMinutes(3);
    }

    @Override
    public Duration step(String cluster) {
      return Duration.ofMinutes(20);
    }
  }

  @Test
  void cluster_goes_through_its_states_as_the_clock_says() {
    String id = launch();
    assertThat(emr.cluster(id).state()).isEqualTo(ClusterState.STARTING);

    after(Duration.ofMinutes(10));
    assertThat(emr.cluster(id).state()).isEqualTo(ClusterState.RUNNING);
    assertThat(emr.cluster(id).stepsEnded()).isFalse();

    after(Duration.ofMinutes(29));
    assertThat(emr.cluster(id).stepsEnded()).isFalse();

    after(Duration.ofMinutes(30));
    assertThat(emr.cluster(id).stepsEnded()).isTrue();
    assertThat(emr.cluster(id).isEnded()).isFalse();

    after(Duration.ofMinutes(33));
    assertThat(emr.cluster(id).state()).isEqualTo(ClusterState.TERMINATED);
    assertThat(emr.cluster(id).ended()).contains(clock.instant().truncatedTo(ChronoUnit.MILLIS));
  }

  @Test
  void steps_of_a_cluster_that_is_terminated_end_with_it() {
    String id = launch();
    after(Duration.ofMinutes(10));

    emr.call(
        TerminateJobFlowsRequest.builder().jobFlowIds(id).build(), TerminateJobFlowsResponse.class);
    after(Duration.ofMinutes(13));

    assertThat(emr.cluster(id).stepsEnded()).isTrue();
    assertThat(emr.cluster(id).state()).isEqualTo(ClusterState.TERMINATED);
  }

  @Test
  void new_cluster_is_not_listed_before_it_is_visible() {
    launch();

    assertThat(listed()).isZero();
    clock.forward(Duration.ofSeconds(5));
    assertThat(listed()).isEqualTo(1);
  }

  @Test
  void call_beyond_the_quota_is_refused_as_emr_refuses_it_and_does_nothing() {
    for (int i = 0; i < BURST; i++) {
      launch();
    }

    assertThatThrownBy(this::launch)
        .isInstanceOfSatisfying(
            EmrException.class, e -> assertThat(e.isThrottlingException()).isTrue());
    assertThat(emr.clusters()).hasSize(BURST);
  }

  @Test
  void quota_is_shared_with_calls_that_others_make() {
    for (int i = 0; i < BURST; i++) {
      assertThat(emr.spend("RunJobFlow")).isTrue();
    }

    assertThat(emr.spend("RunJobFlow")).isFalse();
    assertThatThrownBy(this::launch).isInstanceOf(EmrException.class);
  }

  @Test
  void cluster_can_be_made_outside_the_quota() {
    for (int i = 0; i <= BURST; i++) {
      emr.create(request());
    }

    assertThat(emr.clusters()).hasSize(BURST + 1);
  }

  private void after(Duration time) {
    clock.forward(time);
    // Each advance takes a cluster one state further.
    for (ClusterState ignored : ClusterState.values()) {
      emr.advance();
    }
  }

  private String launch() {
    return emr.call(request(), RunJobFlowResponse.class).jobFlowId();
  }

  private int listed() {
    return emr.call(ListClustersRequest.builder().build(), ListClustersResponse.class)
        .clusters()
        .size();
  }

  private static RunJobFlowRequest request() {
    return RunJobFlowRequest.builder()
        .name("nightly")
        .releaseLabel("emr-7.13.0")
        .serviceRole("EMR_DefaultRole")
        .jobFlowRole("EMR_EC2_DefaultRole")
        .instances(
            instances ->
                instances
                    .masterInstanceType("m5.xlarge")
                    .instanceCount(1)
                    .keepJobFlowAliveWhenNoSteps(false))
        .steps(
            StepConfig.builder()
                .name("step")
                .actionOnFailure(ActionOnFailure.TERMINATE_CLUSTER)
                .hadoopJarStep(jar -> jar.jar("command-runner.jar").args("true"))
                .build())
        .build();
  }
}
