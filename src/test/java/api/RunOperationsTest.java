package api;

import static org.assertj.core.api.Assertions.assertThat;

import inflight.InFlight;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import pipeline.Pipelines;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import store.FileStore;
import store.StoreException;
import testing.Iris;

/** What is done to a run while its store is away from some statement on. */
class RunOperationsTest {

  private static final RunId ID = RunId.create(Iris.NOON, 1);
  private static final int MORE_STATEMENTS_THAN_ANY_NEEDS = 30;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = RunOperation.class,
      names = {"RETRY", "REPLAY", "CANCEL"})
  void a_store_that_is_away_is_reported_only_where_nothing_was_changed(RunOperation operation) {
    FileStore store = new FileStore(folder);
    RunOperations operations =
        new RunOperations(
            store.runs(),
            new Pipelines(Map.of("iris", Iris.pipeline())),
            new InFlight(),
            Clock.fixed(Iris.NOON, ZoneOffset.UTC));
    store.run(ID, "iris", RunState.PROCESSING, List.of(Iris.object("a", 1, Iris.NOON)));
    if (operation != RunOperation.CANCEL) {
      fail(store);
    }
    String before = state(store);
    int statements = 0;
    Optional<OpenRun> answer = Optional.empty();
    while (answer.isEmpty() && statements < MORE_STATEMENTS_THAN_ANY_NEEDS) {
      store.failAfter(statements++);
      try {
        answer = Optional.of(operations.perform(operation, ID.value()));
      } catch (StoreException e) {
        store.recover();
        assertThat(state(store)).as("after %d statements", statements).isEqualTo(before);
      }
    }
    store.recover();

    assertThat(state(store)).isNotEqualTo(before);
    assertThat(answer).hasValue(store.runs().find(answer.orElseThrow().run().id()).orElseThrow());
  }

  private static void fail(FileStore store) {
    Run run = store.runs().find(ID).orElseThrow().run();
    Outcome why = Outcome.failed(new Failure(FailureKind.USER_CODE, "bad", "mend"));
    store.runs().save(run, run.decide(why).moveTo(RunState.FAILED, Iris.NOON));
  }

  private static String state(FileStore store) {
    return store.runs().newest(9).toString();
  }
}
