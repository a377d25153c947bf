package flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import run.FailureKind;
import run.Outcome;
import run.RepeatedFailure;
import run.Run;
import run.RunState;
import testing.Iris;
import warehouse.LoadRefusedException;

class GiveUpPolicyTest {

  private static final Duration LONG = Duration.ofMinutes(30);
  private static final Instant NOW = Iris.NOON.plus(Duration.ofHours(9));

  @Test
  void a_run_is_given_up_when_its_action_has_failed_for_long_not_when_its_state_is_old() {
    assertThat(GiveUpPolicy.end(Iris.run(), Iris.pipeline(), failingSince(NOW), LONG, NOW))
        .isEmpty();
    assertThat(
            GiveUpPolicy.end(
                Iris.run(), Iris.pipeline(), failingSince(NOW.minus(LONG).plusNanos(1)), LONG, NOW))
        .isEmpty();

    Outcome end =
        GiveUpPolicy.end(Iris.run(), Iris.pipeline(), failingSince(NOW.minus(LONG)), LONG, NOW)
            .orElseThrow();
    assertThat(end.failure().orElseThrow().kind()).isEqualTo(FailureKind.INTERNAL);
    assertThat(end.message()).isEqualTo("no answer");
  }

  @Test
  void a_load_is_repeated_for_as_long_as_its_pipeline_says_and_then_fails_by_the_warehouse() {
    Run loading =
        Iris.run()
            .moveTo(RunState.QUEUED, NOW)
            .moveTo(RunState.PROCESSING, NOW)
            .moveTo(RunState.LOADING, NOW);

    Duration longer = Iris.pipeline().warehouse().giveUpAfter();
    assertThat(GiveUpPolicy.end(loading, Iris.pipeline(), failingSince(NOW.minus(LONG)), LONG, NOW))
        .isEmpty();
    Outcome end =
        GiveUpPolicy.end(loading, Iris.pipeline(), failingSince(NOW.minus(longer)), LONG, NOW)
            .orElseThrow();
    assertThat(end.failure().orElseThrow().remedy())
        .contains("tried for 6h (pipelines.iris.warehouse.give-up-after)")
        .contains("(POST /api/runs/%s/retry)".formatted(Iris.RUN));
    assertThat(end.failure().orElseThrow().kind()).isEqualTo(FailureKind.WAREHOUSE);
  }

  @Test
  void a_run_whose_end_is_known_is_never_given_up() {
    Run ending = Iris.run().decide(Outcome.ended(RunState.CANCELLED, "cancelled on request"));

    assertThat(GiveUpPolicy.end(ending, Iris.pipeline(), failingSince(Instant.EPOCH), LONG, NOW))
        .isEmpty();
  }

  @Test
  void a_load_that_was_refused_for_good_fails_at_once_and_says_what_to_change() {
    Outcome end =
        GiveUpPolicy.refused(
            Iris.run(), new LoadRefusedException("IRIS lacks column width", "Set add"));

    assertThat(end.message()).isEqualTo("IRIS lacks column width");
    assertThat(end.failure().orElseThrow().kind()).isEqualTo(FailureKind.WAREHOUSE);
    assertThat(end.failure().orElseThrow().remedy())
        .isEqualTo(
            "Set add; then retry the run (POST /api/runs/%1$s/retry), which repeats only the load; where its job must write something else, replay the run (POST /api/runs/%1$s/replay)"
                .formatted(Iris.RUN));
    assertThat(
            GiveUpPolicy.refused(
                    Iris.run().registering(), new LoadRefusedException("2 rows, not 3", "Look"))
                .failure()
                .orElseThrow()
                .remedy())
        .endsWith(
            "where its job must write something else, discard what it wrote (POST /api/runs/%1$s/discard) and replay the run (POST /api/runs/%1$s/replay)"
                .formatted(Iris.RUN));
  }

  private static RepeatedFailure failingSince(Instant since) {
    return new RepeatedFailure("no answer", 7, since, NOW);
  }
}
