package actions;

import static org.assertj.core.api.Assertions.assertThat;

import cluster.emr.CannedGateway;
import cluster.emr.EmrApi;
import flow.Action;
import flow.Terminations;
import inflight.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipelines;
import run.Attempt;
import run.AttemptState;
import run.OpenRun;
import run.RunId;
import store.FileStore;
import store.RunStore;
import testing.CannedEmr;
import testing.Iris;
import testing.MovableClock;
import testing.Settings;

class TerminateClustersTest {

  private static final CannedEmr.Answer TAKEN = CannedEmr.answer(200, "");
  private static final CannedEmr.Answer REFUSED =
      CannedEmr.error(400, "ValidationException", "Cluster j-2 is not valid.");
  private static final Duration LATER = Duration.ofSeconds(10);

  @TempDir Path folder;

  private final MovableClock clock = new MovableClock(Iris.NOON.plus(LATER));
  private final InFlight inFlight = new InFlight();
  private CannedGateway emr;
  private FileStore store;
  private RunStore runs;
  private TerminateClusters terminate;

  @BeforeEach
  void connect() {
    emr = new CannedGateway(clock);
    store = new FileStore(folder);
    runs = store.runs();
    ActionOutcome outcome =
        new ActionOutcome(runs, new Pipelines(Map.of()), inFlight, Settings.service(), clock);
    terminate = new TerminateClusters(emr.gateway(), emr.quotas(), runs, outcome, clock);
  }

  @AfterEach
  void disconnect() {
    emr.close();
  }

  @Test
  void one_call_terminates_many_clusters_and_each_attempt_keeps_the_time_of_the_question() {
    emr.on(
        "TerminateJobFlows",
        exchange -> {
          clock.move(LATER);
          TAKEN.to(exchange);
        });
    Terminations batch = claimed(2);

    terminate.terminate(batch);

    assertThat(emr.requests("TerminateJobFlows"))
        .containsExactly("{\"JobFlowIds\":[\"j-1\",\"j-2\"]}");
    assertThat(batch.actions())
        .allSatisfy(
            action -> {
              assertThat(stored(action).state()).isEqualTo(AttemptState.ENDING);
              assertThat(stored(action).endAskedAt()).contains(Iris.NOON.plus(LATER));
              assertThat(mayBeClaimed(action)).isTrue();
            });
  }

  @Test
  void one_that_emr_refuses_keeps_no_other_alive() {
    emr.on("TerminateJobFlows", REFUSED, TAKEN, REFUSED, TAKEN);
    Terminations batch = claimed(3);

    terminate.terminate(batch);

    assertThat(emr.requests("TerminateJobFlows"))
        .containsExactly(
            "{\"JobFlowIds\":[\"j-1\",\"j-2\",\"j-3\"]}",
            "{\"JobFlowIds\":[\"j-1\"]}",
            "{\"JobFlowIds\":[\"j-2\"]}",
            "{\"JobFlowIds\":[\"j-3\"]}");
    assertThat(batch.actions())
        .extracting(action -> stored(action).endAskedAt().isPresent())
        .containsExactly(true, false, true);
    Action.Terminate refused = batch.actions().get(1);
    assertThat(inFlight.terminations().trouble(refused.attempt().intent()).orElseThrow().message())
        .startsWith("Cannot terminate cluster j-2 of run " + refused.open().run().id())
        .contains("Cluster j-2 is not valid.");
    assertThat(mayBeClaimed(refused)).isFalse();
  }

  @Test
  void one_that_has_no_token_for_a_call_of_its_own_is_due_again_at_once() {
    emr.on("TerminateJobFlows", REFUSED, TAKEN);
    while (emr.quotas().hasBeside(EmrApi.TERMINATE_JOB_FLOWS, 1)) {
      emr.quotas().take(EmrApi.TERMINATE_JOB_FLOWS);
    }
    Terminations batch = claimed(2);

    terminate.terminate(batch);

    assertThat(emr.requests("TerminateJobFlows")).hasSize(2);
    Action.Terminate late = batch.actions().get(1);
    assertThat(stored(late).endAskedAt()).isEmpty();
    assertThat(inFlight.terminations().trouble(late.attempt().intent())).isEmpty();
    assertThat(mayBeClaimed(late)).isTrue();
  }

  @Test
  void an_end_that_another_has_recorded_meanwhile_is_no_failure() {
    emr.on("TerminateJobFlows", TAKEN);
    Terminations batch = claimed(2);
    runs.save(batch.actions().get(0).attempt().endAsked(Iris.NOON));

    terminate.terminate(batch);

    assertThat(batch.actions())
        .allSatisfy(
            action -> {
              assertThat(inFlight.terminations().trouble(action.attempt().intent())).isEmpty();
              assertThat(mayBeClaimed(action)).isTrue();
            });
    assertThat(stored(batch.actions().get(1)).endAskedAt()).contains(clock.instant());
  }

  /** So many runs with clusters j-1, j-2 and so on, whose termination the tick has claimed. */
  private Terminations claimed(int clusters) {
    List<Action.Terminate> actions =
        IntStream.rangeClosed(1, clusters)
            .mapToObj(i -> store.runWith(RunId.create(Iris.NOON, i), "iris", "j-" + i))
            .map(open -> new Action.Terminate(open, attempt(open)))
            .toList();
    actions.forEach(
        action ->
            assertThat(inFlight.terminations().claim(action.attempt().intent(), clock.instant()))
                .isTrue());
    return new Terminations(actions);
  }

  private static Attempt attempt(OpenRun open) {
    return open.lastAttempt().orElseThrow();
  }

  private Attempt stored(Action.Terminate action) {
    return runs.attempt(action.attempt().run(), action.attempt().number()).orElseThrow();
  }

  private boolean mayBeClaimed(Action.Terminate action) {
    return inFlight.terminations().claim(action.attempt().intent(), clock.instant());
  }
}
