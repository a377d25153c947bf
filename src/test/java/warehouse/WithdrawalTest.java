package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import contract.JobResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import warehouse.WarehouseSettings.Mode;

/** What a discarded run has in its table, with the real driver and the stand-in. */
class WithdrawalTest extends OnALake {

  private static final List<Column> CLASSES = List.of(new Column("CLASS", "string"));

  @Test
  void the_files_of_a_run_are_out_of_the_table_wherever_its_load_and_its_withdrawal_died() {
    for (int died = 0; died < 4; died++) {
      Loading loading = new Loading(lake, "withdrawn-" + died);
      loaded(loading, "stays");
      JobResult goes = loaded(loading, "goes");

      loading.play(loading.withdrawal(goes), died);
      loading.play(loading.withdrawal(goes));

      assertThat(loading.rows("SELECT CLASS FROM {table}"))
          .as("died after %d statements", died)
          .containsExactly(Map.of("CLASS", "stays"));
      assertThat(loading.play(loading.withdrawal(goes), 9))
          .as("nothing is left to take out")
          .noneMatch(sql -> sql.contains("REMOVE FILES"));
    }
  }

  @Test
  void what_an_interrupted_rebuild_has_left_beside_the_table_brings_no_file_back() {
    Loading loading = new Loading(lake, "left-beside").changes(Loading.LENIENT);
    loaded(loading, "stays");
    JobResult goes = loaded(loading, "goes");
    List<Column> others = List.of(new Column("CLASS", "string"), new Column("MORE", "int"));
    Loading redefined = new Loading(lake, "left-beside").changes(Loading.LENIENT).columns(others);
    redefined.run();
    redefined.run();
    JobResult next = redefined.write(redefined.run(), others, "SELECT 'next' AS CLASS, 1 AS MORE");
    diesBefore("SWAP WITH", redefined.load(next));

    redefined.play(redefined.withdrawal(goes));
    redefined.play(redefined.load(next));

    assertThat(redefined.rows("SELECT CLASS FROM {table} ORDER BY CLASS"))
        .containsExactly(Map.of("CLASS", "next"), Map.of("CLASS", "stays"));
  }

  @Test
  void a_run_that_the_view_shows_stays_in_it() {
    Loading loading = new Loading(lake, "viewed").mode(Mode.REPLACE);
    JobResult shown = loaded(loading, "shown");

    assertThatThrownBy(() -> loading.play(loading.withdrawal(shown)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("LAKE.PUBLIC.VIEWED shows the rows of run " + shown.run());

    loaded(loading, "newer");
    loading.play(loading.withdrawal(shown));
    assertThat(lake.send("SELECT CLASS FROM LAKE.PUBLIC.VIEWED_RUNS"))
        .containsExactly(Map.of("CLASS", "newer"));
  }

  @Test
  void where_there_is_no_table_nothing_is_in_it_and_what_is_not_ours_proves_nothing() {
    Loading loading = new Loading(lake, "absent");
    JobResult never = loading.write(loading.run(), CLASSES, "SELECT 'never' AS CLASS");
    assertThat(loading.play(loading.withdrawal(never), 9)).hasSize(1);

    lake.send("CREATE DATABASE IF NOT EXISTS LAKE");
    lake.send("CREATE TABLE LAKE.PUBLIC.ABSENT (N NUMBER(38, 0))");
    assertThatThrownBy(() -> loading.play(loading.withdrawal(never)))
        .hasMessageContaining("LAKE.PUBLIC.ABSENT is not this pipeline's external table");
  }

  @Test
  void a_load_says_that_it_registers_before_its_first_refresh_and_not_earlier() {
    Loading loading = new Loading(lake, "announced");
    Load load = loading.load(loading.write(loading.run(), CLASSES, "SELECT 'a' AS CLASS"));
    List<String> before = new ArrayList<>();
    List<String> sent = new ArrayList<>();
    load.beforeRegistering(() -> before.addAll(sent));

    for (var next = load.next(); next.isPresent(); next = load.next()) {
      sent.add(next.get());
      load.answered(lake.send(next.get()).stream().map(Row::new).toList());
    }

    assertThat(before).isNotEmpty().noneMatch(sql -> sql.contains(" REFRESH "));
    assertThat(before).last().asString().contains("CREATE EXTERNAL TABLE");
  }

  private static void diesBefore(String words, Load load) {
    for (var next = load.next();
        next.isPresent() && !next.get().contains(words);
        next = load.next()) {
      load.answered(lake.send(next.get()).stream().map(Row::new).toList());
    }
    assertThat(load.next()).isPresent();
  }

  private static JobResult loaded(Loading loading, String value) {
    JobResult result =
        loading.write(loading.run(), CLASSES, "SELECT '%s' AS CLASS".formatted(value));
    loading.play(loading.load(result));
    return result;
  }
}
