package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import contract.JobResult;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import testing.Iris;
import testing.Lake;
import warehouse.WarehouseSettings.Mode;

/** curated.mode=replace, with the real driver and the Snowflake stand-in. */
class LatestRunTest extends OnALake {

  private static final List<Column> FLOWERS =
      List.of(new Column("CLASS", "string"), new Column("N", "bigint"));

  @Test
  void the_table_shows_the_latest_run_only() {
    Loading loading = new Loading(lake, "latest").mode(Mode.REPLACE);
    loading.run(FLOWERS, "SELECT 'old' AS CLASS, 1::BIGINT AS N");

    Load load = loading.run(FLOWERS, "SELECT 'new' AS CLASS, 2::BIGINT AS N");

    assertThat(loading.rows("SELECT CLASS, N FROM {table}"))
        .containsExactly(Map.of("CLASS", "new", "N", 2L));
    assertThat(load.proof()).isEqualTo("LAKE.PUBLIC.LATEST answers with 1 rows of this run");
    assertThat(lake.send(load.loaded().query())).hasSize(1);
  }

  @Test
  void a_run_without_rows_empties_the_table() {
    Loading loading = new Loading(lake, "emptied").mode(Mode.REPLACE);
    loading.run(FLOWERS, "SELECT 'old' AS CLASS, 1::BIGINT AS N");

    loading.run(FLOWERS, "SELECT 'none' AS CLASS, 2::BIGINT AS N WHERE FALSE");

    assertThat(loading.rows("SELECT CLASS FROM {table}")).isEmpty();
  }

  @Test
  void an_older_run_that_finishes_late_is_proven_and_not_shown() {
    Loading loading = new Loading(lake, "late").mode(Mode.REPLACE);
    JobResult older =
        loading.write(loading.run(), FLOWERS, "SELECT 'older' AS CLASS, 1::BIGINT AS N");
    JobResult newer =
        loading.write(loading.run(), FLOWERS, "SELECT 'newer' AS CLASS, 2::BIGINT AS N");
    loading.play(loading.load(newer, Iris.NOON.plus(Duration.ofNanos(1))));

    Load late = loading.play(loading.load(older, Iris.NOON));

    assertThat(loading.rows("SELECT CLASS FROM {table}")).containsExactly(Map.of("CLASS", "newer"));
    assertThat(late.proof())
        .isEqualTo(
            "LAKE.PUBLIC.LATE_RUNS answers with 1 rows of this run; LAKE.PUBLIC.LATE still shows run %s, which is newer"
                .formatted(newer.run()));
    assertThat(lake.send(late.loaded().query())).hasSize(1);
  }

  @Test
  void the_view_has_the_columns_of_the_run_that_it_shows() {
    Loading loading = new Loading(lake, "columns").mode(Mode.REPLACE).changes(Loading.LENIENT);
    loading.run(FLOWERS, "SELECT 'old' AS CLASS, 1::BIGINT AS N");

    loading.run(
        List.of(new Column("CLASS", "string"), new Column("SIZE", "double")),
        "SELECT 'new' AS CLASS, 0.5::DOUBLE AS SIZE");

    assertThat(loading.rows("SELECT * FROM {table}"))
        .singleElement()
        .satisfies(row -> assertThat(row).containsOnlyKeys("CLASS", "SIZE", "RUN_ID"));
  }

  @Test
  void readers_that_never_pause_see_the_old_rows_or_the_new_ones_and_nothing_between()
      throws Exception {
    Loading loading = new Loading(lake, "switching").mode(Mode.REPLACE).readers("analysts");
    lake.send("CREATE ROLE IF NOT EXISTS ANALYSTS");
    loading.run(FLOWERS, rows(0));
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<List<List<Map<String, Object>>>> seen =
        CompletableFuture.supplyAsync(() -> read(loading.table(), stop));

    for (int run = 1; run <= 8; run++) {
      loading.run(FLOWERS, rows(run));
    }
    stop.set(true);

    List<List<Map<String, Object>>> answers = seen.get();
    assertThat(answers).hasSizeGreaterThan(20);
    long last = 0;
    for (List<Map<String, Object>> answer : answers) {
      assertThat(answer).as("one run's rows, whole").hasSize(1);
      assertThat(answer.get(0)).containsEntry("C", 100L);
      long run = (Long) answer.get(0).get("N");
      assertThat(run).isGreaterThanOrEqualTo(last);
      last = run;
    }
  }

  private static String rows(int run) {
    return "SELECT 'c' || i AS CLASS, %d::BIGINT AS N FROM range(100) AS t (i)".formatted(run);
  }

  private static List<List<Map<String, Object>>> read(String table, AtomicBoolean stop) {
    List<List<Map<String, Object>>> answers = new ArrayList<>();
    try (Connection reader = lake.connect()) {
      while (!stop.get()) {
        answers.add(
            Lake.send(reader, "SELECT N, COUNT(*) AS C FROM %s GROUP BY N".formatted(table)));
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return answers;
  }

  @Test
  void a_switch_that_died_after_any_statement_leaves_one_whole_run_and_ends_when_repeated() {
    Loading loading = new Loading(lake, "died").mode(Mode.REPLACE);
    loading.run(FLOWERS, rows(1));
    for (int died = 1; died < 12; died++) {
      JobResult result = loading.write(loading.run(), FLOWERS, rows(died + 1));
      loading.play(loading.load(result), died);

      assertThat(loading.rows("SELECT COUNT(*) AS C, COUNT(DISTINCT N) AS R FROM {table}"))
          .as("died after %d statements", died)
          .containsExactly(Map.of("C", 100L, "R", 1L));
      loading.play(loading.load(result));
      assertThat(loading.rows("SELECT MAX(N) AS N FROM {table}"))
          .containsExactly(Map.of("N", died + 1L));
    }
  }

  @Test
  void what_has_the_views_name_and_is_not_its_own_is_left_alone() {
    new Loading(lake, "taken").run(FLOWERS, "SELECT 'old' AS CLASS, 1::BIGINT AS N");

    Loading replacing = new Loading(lake, "taken").mode(Mode.REPLACE);
    replacing.run();

    assertThatThrownBy(() -> replacing.run(FLOWERS, "SELECT 'new' AS CLASS, 2::BIGINT AS N"))
        .hasMessageContaining("LAKE.PUBLIC.TAKEN is there (EXTERNAL TABLE)");
    assertThat(new Loading(lake, "taken").rows("SELECT CLASS FROM {table}"))
        .containsExactly(Map.of("CLASS", "old"));
  }
}
