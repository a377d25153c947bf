package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import contract.JobResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import warehouse.WarehouseSettings.Mode;

/** What must be so before curated files are deleted, with the real driver and the stand-in. */
class RetirementTest extends OnALake {

  private static final List<Column> CLASSES = List.of(new Column("CLASS", "string"));

  @Test
  void a_run_that_the_view_has_left_behind_is_taken_out_of_the_table_and_the_newer_one_stays() {
    Loading loading = new Loading(lake, "behind").mode(Mode.REPLACE);
    JobResult older = loaded(loading, "older");
    loaded(loading, "newer");

    Retirement retirement = loading.play(loading.retirement(older));
    assertThat(retirement.obstacle()).isEmpty();
    assertThat(retirement.registeredFiles()).isEqualTo(1);
    retirement.unregister();
    loading.play(retirement);

    assertThat(retirement.registeredFiles()).isZero();
    assertThat(loading.rows("SELECT CLASS FROM {table}")).containsExactly(Map.of("CLASS", "newer"));
    assertThat(lake.send("SELECT CLASS FROM LAKE.PUBLIC.BEHIND_RUNS"))
        .containsExactly(Map.of("CLASS", "newer"));
  }

  @Test
  void a_retirement_that_died_after_any_statement_is_repeated_to_its_end() {
    Loading loading = new Loading(lake, "retired-again").mode(Mode.REPLACE);
    for (int died = 0; died < 3; died++) {
      JobResult older = loaded(loading, "older");
      loaded(loading, "newer");
      Retirement first = loading.play(loading.retirement(older));
      first.unregister();
      loading.play(first, died);

      Retirement again = loading.play(loading.retirement(older));
      again.unregister();
      loading.play(again);

      assertThat(again.registeredFiles()).as("died after %d statements", died).isZero();
      assertThat(loading.rows("SELECT CLASS FROM {table}"))
          .containsExactly(Map.of("CLASS", "newer"));
    }
  }

  @Test
  void what_the_view_shows_stays() {
    Loading loading = new Loading(lake, "shown").mode(Mode.REPLACE);
    JobResult shown = loaded(loading, "shown");

    Retirement retirement = loading.play(loading.retirement(shown));

    assertThat(retirement.obstacle()).contains("LAKE.PUBLIC.SHOWN_RUNS registers 1 of its files");
    assertThatThrownBy(retirement::unregister).hasMessageContaining("registers 1 of its files");
    assertThat(retirement.next()).isEmpty();
  }

  @Test
  void what_a_table_of_all_runs_registers_stays() {
    Loading loading = new Loading(lake, "of-all-runs");
    JobResult older = loaded(loading, "older");
    loaded(loading, "newer");

    assertThat(loading.play(loading.retirement(older)).obstacle())
        .contains("LAKE.PUBLIC.OF_ALL_RUNS registers 1 of its files");
  }

  @Test
  void what_was_never_registered_may_go() {
    Loading loading = new Loading(lake, "unloaded");
    loaded(loading, "loaded");
    JobResult never = loading.write(loading.run(), CLASSES, "SELECT 'never' AS CLASS");

    Retirement retirement = loading.play(loading.retirement(never));

    assertThat(retirement.obstacle()).isEmpty();
    assertThat(retirement.registeredFiles()).isZero();
  }

  @Test
  void another_pipelines_table_is_not_touched() {
    Loading others = new Loading(lake, "others").mode(Mode.REPLACE);
    JobResult older = loaded(others, "older");
    loaded(others, "newer");
    lake.send("COMMENT ON TABLE LAKE.PUBLIC.OTHERS_RUNS IS 'somebody else has made this'");

    assertThat(others.play(others.retirement(older)).obstacle())
        .contains("LAKE.PUBLIC.OTHERS_RUNS is not this pipeline's external table (EXTERNAL TABLE)");
  }

  private static JobResult loaded(Loading loading, String value) {
    JobResult result =
        loading.write(loading.run(), CLASSES, "SELECT '%s' AS CLASS".formatted(value));
    loading.play(loading.load(result));
    return result;
  }
}
