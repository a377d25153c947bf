package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.LandedObject;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import run.Findings;
import run.OpenRun;
import run.RowCounts;
import run.Run;
import run.RunId;
import run.RunState;
import testing.Threads;

/** A write is complete or absent, whatever fails, and whoever else writes. */
abstract class TransactionsContract extends StoreContract {

  /** A place without the store's tables. */
  abstract DataSource nothing();

  @Test
  void an_attempt_is_not_saved_without_its_run() {
    begun(id(1));
    Run stale = run(id(1));

    assertThatThrownBy(
            () ->
                runs.judged(
                    stale,
                    in(id(1), RunState.LOADING),
                    attempt(id(1), 1).launched("j-1").ending(),
                    Findings.NONE,
                    List.of()))
        .isInstanceOf(StaleVersionException.class);
    assertThat(attempts(id(1))).containsExactly(attempt(id(1), 1));
  }

  @Test
  void a_run_is_not_saved_without_its_attempt() {
    begun(id(1));
    runs.save(attempt(id(1), 1).called(NOON));
    Run begun = stored(id(1));

    assertThatThrownBy(
            () ->
                runs.judged(
                    begun,
                    begun.moveTo(RunState.LOADING, NOON),
                    attempt(id(1), 1).launched("j-1").ending(),
                    Findings.NONE,
                    List.of()))
        .isInstanceOf(StaleVersionException.class);
    assertThat(stored(id(1))).isEqualTo(begun);
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new SQLException("disk full"),
        new IllegalStateException("a bug"),
        new StackOverflowError());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void nothing_is_half_written_whichever_statement_fails_and_however(Throwable failure) {
    objects.record("iris", List.of(object("a")));
    for (int statement = 0; statement < 3; statement++) {
      assertFails(statement, failure, () -> runs.collect(run(id(1)), List.of(object("a"))));
      assertThat(runs.find(id(1))).isEmpty();
      assertThat(objects.waiting("iris", 10)).hasSize(1);
    }
    runs.collect(run(id(1)), List.of(object("a")));
    Run run = stored(id(1));
    for (int statement = 0; statement < 3; statement++) {
      assertFails(
          statement,
          failure,
          () -> runs.begin(run, in(id(1), RunState.PROCESSING), attempt(id(1), 1)));
      assertThat(runs.find(id(1))).contains(new OpenRun(run, List.of()));
      assertThat(runs.history(id(1))).hasSize(1);
    }
    assertThat(changes.fired()).isEmpty();
  }

  @Test
  void a_refusal_of_the_database_is_a_store_exception_with_its_words() {
    source.failAfter(0, new SQLException("disk full"));

    assertThatThrownBy(() -> runs.open())
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("Cannot use the run store ")
        .hasMessageEndingWith(": disk full");
  }

  @Test
  void a_probe_finds_out_whether_the_store_works() {
    runs.probe();

    RunStore none = new RunStore(new Database(nothing(), "runs.db"), changes, begun);
    assertThatThrownBy(none::probe).isInstanceOf(StoreException.class);
  }

  @Test
  void of_runs_that_want_the_same_objects_at_the_same_time_one_gets_each() {
    List<LandedObject> all =
        IntStream.range(0, 20).mapToObj(number -> object("object-" + number)).toList();
    objects.record("iris", all);

    List<Integer> taken =
        Threads.together(
            4,
            thread -> {
              int mine = 0;
              for (int i = 0; i < all.size(); i++) {
                mine += takes(id(thread * 100 + i), all.get(i)) ? 1 : 0;
              }
              return mine;
            });

    assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(all.size());
    assertThat(runs.newest(100)).hasSize(all.size());
    assertThat(objects.waiting("iris", 100)).isEmpty();
  }

  @Test
  void writers_of_one_run_at_the_same_time_lose_nothing() {
    collected(id(1), "a");
    int each = 20;

    Threads.together(
        4,
        thread -> {
          for (int i = 0; i < each; i++) {
            addOneRow();
          }
          return null;
        });

    assertThat(stored(id(1)).output().rows()).contains(new RowCounts(4L * each, 0, 0));
    assertThat(stored(id(1)).version()).isEqualTo(4L * each);
  }

  @Test
  void listings_at_the_same_time_record_each_object_once() {
    List<LandedObject> page =
        IntStream.range(0, 200).mapToObj(number -> object("object-" + number)).toList();

    List<Integer> added = Threads.together(4, thread -> objects.record("iris", page));

    assertThat(added.stream().mapToInt(Integer::intValue).sum()).isEqualTo(page.size());
    assertThat(objects.waiting("iris", 1_000)).hasSize(page.size());
  }

  private boolean takes(RunId id, LandedObject object) {
    try {
      runs.collect(run(id), List.of(object));
      return true;
    } catch (StaleVersionException e) {
      return false;
    }
  }

  private void addOneRow() {
    boolean saved = false;
    while (!saved) {
      Run run = stored(id(1));
      long rows = run.output().rows().map(RowCounts::read).orElse(0L);
      try {
        runs.save(run, run.counted(new RowCounts(rows + 1, 0, 0)));
        saved = true;
      } catch (StaleVersionException e) {
        saved = false;
      }
    }
  }

  private void assertFails(int statement, Throwable failure, Runnable inFlight) {
    source.failAfter(statement, failure);
    assertThatThrownBy(inFlight::run)
        .satisfies(thrown -> assertThat(Stream.of(thrown, thrown.getCause())).contains(failure));
    source.recover();
  }
}
