package store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.Attempt;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.RetiredOutput;
import run.Run;
import run.RunId;
import run.RunState;

/** Which curated files may go. */
class SqliteRetiredOutputsTest extends StoreContract {

  private static final Instant LATER = NOON.plusSeconds(60);
  private static final Outcome GOOD = Outcome.ended(RunState.SUCCEEDED, "good");
  private static final Failure BAD = new Failure(FailureKind.INTERNAL, "bad", "mend");

  @TempDir Path folder;

  @Override
  DataSource emptyStore() {
    return SqliteFile.withTables(folder.resolve("runs.db"));
  }

  @Test
  void of_a_run_that_succeeded_in_its_second_attempt_the_first_ones_files_may_go() {
    begun(id(1));
    failed(id(1), 1);
    runs.begin(stored(id(1)), stored(id(1)), attempt(id(1), 2));
    succeeded(id(1), 2, NOON);

    assertThat(due(NOON, false)).containsExactly(id(1) + " 1");
    assertThat(due(NOON.minusSeconds(1), false)).as("not old enough").isEmpty();
  }

  @Test
  void a_run_that_a_later_one_has_followed_may_go_only_where_the_table_shows_the_latest() {
    begun(id(1));
    succeeded(id(1), 1, NOON);
    begun(id(2));
    succeeded(id(2), 1, LATER);

    assertThat(due(LATER, false)).isEmpty();
    assertThat(due(LATER, true)).containsExactly(id(1) + " 1");
    assertThat(due(NOON, true)).as("followed too short a time ago").isEmpty();
  }

  @Test
  void the_files_of_a_run_that_failed_in_its_load_stay_for_its_retry() {
    begun(id(1));
    ended(id(1), 1);
    Run run = stored(id(1)).moveTo(RunState.LOADING, NOON);
    runs.save(stored(id(1)), run);
    Run stored = stored(id(1));
    runs.save(stored, stored.decide(Outcome.failed(BAD)).moveTo(RunState.FAILED, NOON));

    assertThat(due(LATER, true)).isEmpty();

    Run failed = stored(id(1));
    runs.replay(failed, failed.replay(RunState.LOADING, id(2), NOON));
    assertThat(due(LATER, true)).as("nothing needs them any more").containsExactly(id(1) + " 1");
  }

  @Test
  void what_is_deleted_or_must_stay_is_not_due_again_and_what_was_begun_is() {
    for (int run = 1; run <= 3; run++) {
      begun(id(run));
      failed(id(run), 1);
      Run stored = stored(id(run));
      runs.save(stored, stored.decide(Outcome.failed(BAD)).moveTo(RunState.FAILED, NOON));
    }
    RetiredOutputs outputs = outputs();
    RetiredOutput first = outputs.due("iris", NOON, false, 9).get(0);
    assertThat(first.begunAt()).isEmpty();

    outputs.save(first, NOON);
    outputs.save(output(2, Optional.empty(), Optional.of(LATER)), LATER);
    outputs.save(output(3, Optional.of("registered"), Optional.empty()), LATER);

    assertThat(outputs.due("iris", NOON, false, 9))
        .singleElement()
        .isEqualTo(
            new RetiredOutput(id(1), 1, Optional.of(NOON), Optional.empty(), Optional.empty()));
    assertThat(outputs.of(id(2)))
        .extracting(RetiredOutput::removedAt)
        .containsExactly(Optional.of(LATER));
    assertThat(outputs.of(id(3)))
        .extracting(RetiredOutput::obstacle)
        .containsExactly(Optional.of("registered"));
  }

  private static RetiredOutput output(int run, Optional<String> obstacle, Optional<Instant> gone) {
    return new RetiredOutput(id(run), 1, Optional.empty(), obstacle, gone);
  }

  private RetiredOutputs outputs() {
    return new RetiredOutputs(new Database(source, "runs.db"));
  }

  private List<String> due(Instant endedBefore, boolean latestOnly) {
    return outputs().due("iris", endedBefore, latestOnly, 9).stream()
        .map(output -> output.run() + " " + output.attempt())
        .toList();
  }

  private void succeeded(RunId id, int attempt, Instant at) {
    ended(id, attempt);
    Run loading = stored(id).moveTo(RunState.LOADING, at);
    runs.save(stored(id), loading);
    Run stored = stored(id);
    runs.save(stored, stored.decide(GOOD).moveTo(RunState.SUCCEEDED, at));
  }

  private void failed(RunId id, int attempt) {
    runs.save(last(id, attempt).failed(BAD));
    ended(id, attempt);
  }

  private void ended(RunId id, int attempt) {
    Attempt launched =
        runs.save(runs.save(last(id, attempt).called(NOON)).launched("j-" + id + attempt));
    runs.save(launched.ended());
  }

  private Attempt last(RunId id, int attempt) {
    return runs.attempt(id, attempt).orElseThrow();
  }
}
