package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import contract.JobResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import run.RunId;
import testing.Lake;
import warehouse.WarehouseSettings.Changes;
import warehouse.WarehouseSettings.OnChangedColumn;
import warehouse.WarehouseSettings.OnMissingColumn;
import warehouse.WarehouseSettings.OnNewColumn;

/** Columns and definitions that change, with the real driver and the Snowflake stand-in. */
class TableChangeTest extends OnALake {

  private static final Column NAME = new Column("NAME", "string");
  private static final Column N = new Column("N", "bigint");
  private static final Column SIZE = new Column("SIZE", "double");
  private static final String FIRST = "SELECT 'first' AS NAME, 1::BIGINT AS N";

  @Test
  void a_new_column_is_added_and_older_runs_have_null_there() {
    Loading loading = new Loading(lake, "added").changes(Loading.LENIENT);
    loading.run(List.of(NAME, N), FIRST);

    loading.run(
        List.of(NAME, N, SIZE), "SELECT 'second' AS NAME, 2::BIGINT AS N, 0.5::DOUBLE AS SIZE");

    assertThat(loading.rows("SELECT N, SIZE FROM {table} ORDER BY N"))
        .containsExactly(row("N", 1L, "SIZE", null), row("N", 2L, "SIZE", 0.5));
  }

  @Test
  void a_new_column_is_left_out_where_the_policy_says_so() {
    Loading loading = new Loading(lake, "left-out").changes(Loading.LENIENT_TOWARDS_NEW);
    loading.run(List.of(NAME, N), FIRST);

    Load load =
        loading.run(
            List.of(NAME, N, SIZE), "SELECT 'second' AS NAME, 2::BIGINT AS N, 0.5::DOUBLE AS SIZE");

    assertThat(load.loaded().firstRows()).containsExactly(Map.of("NAME", "second", "N", "2"));
    assertThat(loading.rows("SELECT NAME FROM {table}")).hasSize(2);
  }

  @Test
  void a_policy_that_refuses_names_the_columns_and_changes_nothing() {
    Loading loading = new Loading(lake, "strict");
    loading.run(List.of(NAME, N), FIRST);

    assertThatThrownBy(
            () ->
                loading.run(
                    List.of(NAME, N, SIZE),
                    "SELECT 'x' AS NAME, 2::BIGINT AS N, 0.5::DOUBLE AS SIZE"))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("columns that LAKE.PUBLIC.STRICT lacks: SIZE")
        .hasMessageContaining("warehouse.on-new-column=fail");
    assertThatThrownBy(
            () ->
                loading.run(
                    List.of(NAME, new Column("N", "decimal(10,2)")),
                    "SELECT 'x' AS NAME, 2.5::DECIMAL(10,2) AS N"))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("N is NUMBER(38,0) in the table and NUMBER(10,2) in the job's result")
        .hasMessageContaining("warehouse.on-changed-column=fail");
    assertThatThrownBy(() -> loading.run(List.of(NAME), "SELECT 'x' AS NAME"))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("lacks columns of LAKE.PUBLIC.STRICT: N")
        .hasMessageContaining("warehouse.on-missing-column=fail");
    assertThat(loading.rows("SELECT NAME, N FROM {table}"))
        .containsExactly(row("NAME", "first", "N", 1L));
  }

  @Test
  void a_missing_column_is_null_where_the_policy_says_so() {
    Loading loading = new Loading(lake, "missing").changes(Loading.LENIENT);
    loading.run(List.of(NAME, N), FIRST);

    loading.run(List.of(NAME), "SELECT 'second' AS NAME");

    assertThat(loading.rows("SELECT NAME, N FROM {table} ORDER BY NAME"))
        .containsExactly(row("NAME", "first", "N", 1L), row("NAME", "second", "N", null));
  }

  @Test
  void a_changed_type_rebuilds_the_table_with_all_runs_and_the_grants_stay() {
    Loading loading = new Loading(lake, "rebuilt").changes(Loading.LENIENT).readers("analysts");
    lake.send("CREATE ROLE IF NOT EXISTS ANALYSTS");
    lake.send("CREATE ROLE IF NOT EXISTS AUDITORS");
    loading.run(List.of(NAME, N), FIRST);
    lake.send("GRANT SELECT ON EXTERNAL TABLE %s TO ROLE AUDITORS".formatted(loading.table()));

    loading.run(
        List.of(NAME, new Column("N", "decimal(10,2)")),
        "SELECT 'second' AS NAME, 2.5::DECIMAL(10,2) AS N");

    assertThat(loading.rows("SELECT NAME, TO_VARCHAR(N) AS N FROM {table} ORDER BY NAME"))
        .containsExactly(row("NAME", "first", "N", "1.00"), row("NAME", "second", "N", "2.50"));
    assertThat(lake.send("SHOW GRANTS ON EXTERNAL TABLE " + loading.table()))
        .filteredOn(grant -> grant.get("privilege").equals("SELECT"))
        .extracting(grant -> grant.get("grantee_name"))
        .containsExactlyInAnyOrder("ANALYSTS", "AUDITORS");
    assertThat(lake.send("SHOW EXTERNAL TABLES LIKE 'REBUILT%' IN SCHEMA LAKE.PUBLIC"))
        .extracting(table -> table.get("name"))
        .containsExactly("REBUILT");
  }

  @Test
  void values_that_the_new_type_would_lose_stop_a_rebuild_and_readers_keep_the_old_table() {
    Loading loading =
        new Loading(lake, "lossy")
            .changes(new Changes(OnNewColumn.ADD, OnChangedColumn.REBUILD, OnMissingColumn.NULL));
    loading.run(List.of(NAME, new Column("N", "string")), "SELECT 'first' AS NAME, 'one' AS N");

    assertThatThrownBy(
            () -> loading.run(List.of(NAME, N), "SELECT 'second' AS NAME, 2::BIGINT AS N"))
        .hasMessageContaining("LOSSY__REBUILD");
    assertThat(loading.rows("SELECT NAME, N FROM {table}"))
        .containsExactly(row("NAME", "first", "N", "one"));
  }

  @Test
  void values_that_the_new_type_would_round_stop_a_rebuild() {
    Loading loading = new Loading(lake, "rounded").changes(Loading.LENIENT);
    loading.run(
        List.of(NAME, new Column("N", "decimal(10,2)")),
        "SELECT 'first' AS NAME, 2.50::DECIMAL(10,2) AS N");

    assertThatThrownBy(
            () -> loading.run(List.of(NAME, N), "SELECT 'second' AS NAME, 2::BIGINT AS N"))
        .hasMessageContaining(
            "as NUMBER(38,0), 1 values in N would differ from their values as NUMBER(10,2); readers have the old table");
    assertThat(loading.rows("SELECT NAME, TO_VARCHAR(N) AS N FROM {table}"))
        .containsExactly(row("NAME", "first", "N", "2.50"));
  }

  @Test
  void declared_columns_that_the_job_did_not_write_are_named_and_never_null_in_silence() {
    String select = "SELECT 'first' AS NAME, 1::BIGINT AS N";
    List<Column> written = List.of(NAME, N);

    assertThatThrownBy(
            () ->
                new Loading(lake, "other-case")
                    .columns(List.of(new Column("name", "string"), N))
                    .run(written, select))
        .hasMessageContaining("no column \"name\"")
        .hasMessageContaining("it has NAME, N");
    assertThatThrownBy(
            () ->
                new Loading(lake, "other-type")
                    .columns(List.of(NAME, new Column("N", "date")))
                    .run(written, select))
        .hasMessageContaining("declares N with another type");
    assertThatThrownBy(
            () -> new Loading(lake, "undeclared").columns(List.of(N)).run(written, select))
        .hasMessageContaining("does not declare: NAME");
  }

  @Test
  void files_that_only_the_old_table_has_are_not_dropped_with_it() {
    Loading loading = new Loading(lake, "overtaken").changes(Loading.LENIENT);
    loading.run(List.of(NAME, N), FIRST);
    JobResult late =
        loading.write(loading.run(), List.of(NAME, N), "SELECT 'late' AS NAME, 2::BIGINT AS N");
    Load rebuild =
        loading.load(
            loading.write(
                loading.run(),
                List.of(NAME, new Column("N", "decimal(10,2)")),
                "SELECT 'third' AS NAME, 2.5::DECIMAL(10,2) AS N"));
    while (!rebuild.next().orElseThrow().contains("SWAP WITH")) {
      loading.play(rebuild, 1);
    }

    lake.send(
        "ALTER EXTERNAL TABLE %s REFRESH '%s'"
            .formatted(loading.table(), Lake.output(new RunId(late.run()))));
    loading.play(rebuild);

    assertThat(loading.rows("SELECT NAME FROM {table}"))
        .extracting(row -> row.get("NAME"))
        .containsExactlyInAnyOrder("first", "late", "third");
  }

  @Test
  void columns_that_are_declared_anew_rebuild_the_table() {
    Loading loading =
        new Loading(lake, "declared").columns(List.of(NAME, new Column("N", "bigint")));
    loading.run(List.of(NAME, N), FIRST);
    Loading again =
        new Loading(lake, "declared")
            .changes(Loading.LENIENT)
            .columns(List.of(new Column("N", "string"), NAME));
    again.run();

    again.run(List.of(NAME, N), "SELECT 'second' AS NAME, 2::BIGINT AS N");

    assertThat(again.rows("SELECT NAME, N FROM {table} ORDER BY NAME"))
        .containsExactly(row("NAME", "first", "N", "1"), row("NAME", "second", "N", "2"));
  }

  @Test
  void a_rebuild_that_died_after_any_statement_leaves_readers_every_row_and_ends_when_repeated() {
    Loading loading = new Loading(lake, "killed").changes(Loading.LENIENT);
    loading.run(List.of(NAME, N), FIRST);
    String select = "SELECT 'second' AS NAME, 2.00::DECIMAL(10,2) AS N";
    JobResult changed =
        loading.write(loading.run(), List.of(NAME, new Column("N", "decimal(10,2)")), select);
    JobResult back = loading.write(loading.run(), List.of(NAME, N), FIRST);
    int statements = loading.play(loading.load(changed), Integer.MAX_VALUE).size();

    for (int died = 1; died < statements; died++) {
      loading.play(loading.load(back));
      loading.play(loading.load(changed), died);

      assertThat(loading.rows("SELECT COUNT(*) AS C FROM {table}"))
          .as("after %d statements", died)
          .containsExactly(Map.of("C", 3L));
      loading.play(loading.load(changed));
      assertThat(loading.rows("SELECT COUNT(*) AS C, COUNT(N) AS V FROM {table}"))
          .as("repeated after %d statements", died)
          .containsExactly(Map.of("C", 3L, "V", 3L));
      assertThat(lake.send("SHOW EXTERNAL TABLES LIKE 'KILLED%' IN SCHEMA LAKE.PUBLIC")).hasSize(1);
    }
    assertThat(statements).isGreaterThan(12);
  }

  @Test
  void what_is_in_the_way_of_a_rebuild_and_not_ours_is_named_and_left_alone() {
    Loading loading = new Loading(lake, "blocked").changes(Loading.LENIENT);
    loading.run(List.of(NAME, N), FIRST);
    lake.send("CREATE TABLE LAKE.PUBLIC.BLOCKED__REBUILD (A INT)");

    assertThatThrownBy(
            () ->
                loading.run(
                    List.of(NAME, new Column("N", "double")), "SELECT 'x' AS NAME, 2::DOUBLE AS N"))
        .hasMessageContaining("LAKE.PUBLIC.BLOCKED__REBUILD (BASE TABLE) is in the way");
  }

  private static Map<String, Object> row(
      String name, Object value, String otherName, Object otherValue) {
    Map<String, Object> row = new HashMap<>();
    row.put(name, value);
    row.put(otherName, otherValue);
    return row;
  }
}
