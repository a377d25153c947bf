package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import contract.JobResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import run.RunId;
import testing.Lake;
import warehouse.WarehouseSettings.Manage;

/** Loads into an external table, with the real driver and the Snowflake stand-in. */
class LoadTest extends OnALake {

  private static final List<Column> FLOWERS =
      List.of(new Column("CLASS", "string"), new Column("N", "bigint"));

  @Test
  void the_table_holds_every_run_and_the_record_says_how_to_query_one() {
    Loading loading = new Loading(lake, "every-run");

    loading.run(FLOWERS, "SELECT 'setosa' AS CLASS, 50::BIGINT AS N");
    Load second =
        loading.run(
            FLOWERS, "SELECT * FROM (VALUES ('virginica', 1::BIGINT), (NULL, 2)) AS t (CLASS, N)");

    assertThat(loading.rows("SELECT CLASS, N FROM {table} ORDER BY N"))
        .extracting(row -> row.get("CLASS"))
        .containsExactly("virginica", null, "setosa");
    assertThat(second.proof()).isEqualTo("LAKE.PUBLIC.EVERY_RUN answers with 2 rows of this run");
    assertThat(second.loaded().rows()).isEqualTo(2);
    assertThat(second.loaded().files())
        .extracting(file -> file.name())
        .containsExactly("part-0.parquet");
    assertThat(lake.send(second.loaded().query())).hasSize(2);
    assertThat(second.loaded().firstRows())
        .extracting(row -> row.get("N"))
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void masked_columns_are_not_even_fetched() {
    Loading loading = new Loading(lake, "masked").masked("class");

    Load load = loading.run(FLOWERS, "SELECT 'setosa' AS CLASS, 50::BIGINT AS N");

    assertThat(load.loaded().firstRows()).containsExactly(Map.of("CLASS", "***", "N", "50"));
  }

  @Test
  void a_load_that_died_after_any_statement_and_is_repeated_gives_the_same_table() {
    Loading loading = new Loading(lake, "repeated");
    JobResult result =
        loading.write(loading.run(), FLOWERS, "SELECT 'setosa' AS CLASS, 50::BIGINT AS N");
    int statements = loading.load(result).played().size();

    for (int died = 0; died <= statements; died++) {
      loading.play(loading.load(result), died);
      loading.play(loading.load(result));

      assertThat(loading.rows("SELECT CLASS, N FROM {table}"))
          .as("died after %d statements", died)
          .containsExactly(Map.of("CLASS", "setosa", "N", 50L));
    }
    assertThat(statements).isGreaterThan(7);
  }

  @Test
  void two_runs_of_one_pipeline_whose_statements_alternate_do_not_disturb_each_other() {
    Loading loading = new Loading(lake, "alternating");
    Load one =
        loading.load(
            loading.write(loading.run(), FLOWERS, "SELECT 'one' AS CLASS, 1::BIGINT AS N"));
    Load two =
        loading.load(
            loading.write(loading.run(), FLOWERS, "SELECT 'two' AS CLASS, 2::BIGINT AS N"));

    while (one.next().isPresent() || two.next().isPresent()) {
      loading.play(one, 1);
      loading.play(two, 1);
    }

    assertThat(loading.rows("SELECT CLASS FROM {table}"))
        .extracting(row -> row.get("CLASS"))
        .containsExactlyInAnyOrder("one", "two");
  }

  @Test
  void very_many_files_are_registered_in_portions() {
    Loading loading = new Loading(lake, "portions").portions(3, 2);
    Map<String, String> selects = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      selects.put(
          "part-%d.parquet".formatted(i), "SELECT 'here' AS CLASS, %d::BIGINT AS N".formatted(i));
      selects.put(
          "DAY=%d/part.parquet".formatted(i),
          "SELECT 'below' AS CLASS, %d::BIGINT AS N".formatted(i));
    }
    JobResult result = lake.write("portions", loading.run(), FLOWERS, selects);
    Load load = loading.load(result);

    List<String> sent = loading.play(load, Integer.MAX_VALUE);

    assertThat(sent.stream().filter(sql -> sql.contains(" REFRESH '"))).hasSize(5);
    assertThat(sent.stream().filter(sql -> sql.contains("ADD FILES"))).hasSize(3);
    assertThat(loading.rows("SELECT COUNT(*) AS C FROM {table}")).containsExactly(Map.of("C", 10L));
  }

  @Test
  void a_file_that_is_not_parquet_is_named_and_the_run_is_not_called_loaded() {
    Loading loading = new Loading(lake, "garbage");
    RunId run = loading.run();
    JobResult result = loading.write(run, FLOWERS, "SELECT 'setosa' AS CLASS, 50::BIGINT AS N");
    lake.put(
        "garbage/" + Lake.output(run) + "part-1.parquet",
        "not Parquet".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> loading.play(loading.load(result)))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("part-1.parquet");
  }

  @Test
  void what_has_the_tables_name_and_is_no_external_table_is_left_alone() {
    Loading loading = new Loading(lake, "not-external");
    lake.send("CREATE DATABASE IF NOT EXISTS LAKE");
    lake.send("CREATE TABLE LAKE.PUBLIC.NOT_EXTERNAL (A INT)");

    assertThatThrownBy(() -> loading.run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N"))
        .hasMessage(
            "LAKE.PUBLIC.NOT_EXTERNAL is no external table (BASE TABLE); nothing was changed");
    assertThat(lake.send("SELECT COUNT(*) AS C FROM LAKE.PUBLIC.NOT_EXTERNAL"))
        .containsExactly(Map.of("C", 0L));
  }

  @Test
  void another_pipelines_table_is_left_alone() {
    new Loading(lake, "shared-table").run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N");
    lake.send(
        "COMMENT ON TABLE LAKE.PUBLIC.SHARED_TABLE IS '[transient-pipelines pipeline=other definition=00]'");

    assertThatThrownBy(
            () ->
                new Loading(lake, "shared-table")
                    .run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N"))
        .hasMessageContaining("was made by pipeline other");
  }

  @Test
  void a_stage_over_another_place_is_named_and_left_alone() {
    lake.send("CREATE DATABASE IF NOT EXISTS LAKE");
    lake.send("CREATE STAGE LAKE.PUBLIC.ELSEWHERE_STAGE URL = 's3://other/'");

    assertThatThrownBy(
            () ->
                new Loading(lake, "elsewhere").run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N"))
        .hasMessageContaining(
            "Stage LAKE.PUBLIC.ELSEWHERE_STAGE is over s3://other/, and the curated files are in s3://curated/elsewhere/");
  }

  @Test
  void a_stage_that_is_there_is_used_with_the_path_below_it() {
    lake.send("CREATE DATABASE IF NOT EXISTS LAKE");
    lake.send("CREATE STAGE LAKE.PUBLIC.ALL_CURATED URL = 's3://curated/'");
    Loading loading =
        new Loading(lake, "below-a-stage")
            .manage(Manage.TABLE)
            .stage(
                new ObjectName(
                    new Identifier("LAKE"),
                    new Identifier("PUBLIC"),
                    new Identifier("ALL_CURATED")));

    loading.run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N");
    loading.run(FLOWERS, "SELECT 'y' AS CLASS, 1::BIGINT AS N");

    assertThat(loading.rows("SELECT CLASS FROM {table}")).hasSize(2);
  }

  @Test
  void where_the_administrator_makes_everything_nothing_is_created_and_the_table_is_checked() {
    Loading loading = new Loading(lake, "administered").manage(Manage.NOTHING);
    lake.send("CREATE DATABASE IF NOT EXISTS LAKE");
    String select = "SELECT 'x' AS CLASS, 1::BIGINT AS N";

    assertThatThrownBy(() -> loading.run(FLOWERS, select))
        .hasMessageContaining("LAKE.PUBLIC.ADMINISTERED does not exist")
        .hasMessageContaining("warehouse.manage=nothing");

    lake.send("CREATE STAGE LAKE.PUBLIC.ADMINISTERED_FILES URL = 's3://curated/administered/'");
    lake.send(
        "CREATE EXTERNAL TABLE LAKE.PUBLIC.ADMINISTERED (CLASS VARCHAR AS (value:class::VARCHAR)) LOCATION = @LAKE.PUBLIC.ADMINISTERED_FILES PATTERN = '.*[.]parquet' FILE_FORMAT = (TYPE = PARQUET) AUTO_REFRESH = FALSE REFRESH_ON_CREATE = FALSE");
    assertThatThrownBy(() -> loading.run(FLOWERS, select))
        .hasMessageContaining("lacks columns of the job's result: N");

    Load load =
        loading
            .changes(Loading.LENIENT_TOWARDS_NEW)
            .run(
                List.of(new Column("class", "string"), new Column("N", "bigint")),
                "SELECT 'x' AS class, 1::BIGINT AS N");
    assertThat(load.loaded().firstRows()).containsExactly(Map.of("CLASS", "x"));
    assertThat(load.loaded().rows()).isEqualTo(1);
    assertThat(lake.send(load.loaded().query())).hasSize(1);
  }

  @Test
  void the_users_own_statements_are_sent_instead_and_still_proven() {
    Loading loading =
        new Loading(lake, "own-sql")
            .sql(
                "ALTER EXTERNAL TABLE {table} REFRESH; SELECT {run}, {path}, {pipeline}, {location}");
    lake.send("CREATE DATABASE IF NOT EXISTS LAKE");
    lake.send("CREATE STAGE LAKE.PUBLIC.OWN_SQL_FILES URL = 's3://curated/own-sql/'");
    lake.send(
        "CREATE EXTERNAL TABLE LAKE.PUBLIC.OWN_SQL (N BIGINT AS (value:N::BIGINT)) LOCATION = @LAKE.PUBLIC.OWN_SQL_FILES PATTERN = '.*[.]parquet' FILE_FORMAT = (TYPE = PARQUET) AUTO_REFRESH = FALSE REFRESH_ON_CREATE = FALSE");

    Load load = loading.run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N");

    assertThat(load.loaded().rows()).isEqualTo(1);
    assertThatThrownBy(
            () -> loading.sql("SELECT 1").run(FLOWERS, "SELECT 'y' AS CLASS, 2::BIGINT AS N"))
        .hasMessageContaining("missing [part-0.parquet]");
  }

  @Test
  void files_of_an_attempt_that_was_not_accepted_are_found_by_name() {
    Loading loading = new Loading(lake, "two-attempts");
    loading.run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N");
    RunId run = loading.run();
    JobResult result = loading.write(run, FLOWERS, "SELECT 'y' AS CLASS, 2::BIGINT AS N");
    String other = "run=%s/attempt=2/part-9.parquet".formatted(run);
    lake.put("two-attempts/" + other, "lost".getBytes(StandardCharsets.UTF_8));
    lake.send("ALTER EXTERNAL TABLE %s REFRESH".formatted(loading.table()));

    assertThatThrownBy(() -> loading.play(loading.load(result))).hasMessageContaining(other);
  }

  @Test
  void a_table_that_the_service_has_not_made_is_used_only_where_it_makes_none() {
    lake.send("CREATE DATABASE IF NOT EXISTS LAKE");
    lake.send("CREATE STAGE LAKE.PUBLIC.FOREIGN_FILES URL = 's3://curated/of-others/'");
    lake.send(
        "CREATE EXTERNAL TABLE LAKE.PUBLIC.OF_OTHERS (CLASS VARCHAR AS (value:CLASS::VARCHAR)) LOCATION = @LAKE.PUBLIC.FOREIGN_FILES FILE_FORMAT = (TYPE = PARQUET) AUTO_REFRESH = FALSE REFRESH_ON_CREATE = FALSE");

    assertThatThrownBy(
            () ->
                new Loading(lake, "of-others").run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N"))
        .isInstanceOfSatisfying(
            LoadRefusedException.class,
            refused -> assertThat(refused.wayOut()).contains("warehouse.manage=nothing"))
        .hasMessageContaining("was not made by this service");
  }

  @Test
  void curated_files_that_have_moved_since_the_stage_was_created_are_reported() {
    Loading loading = new Loading(lake, "moved");
    loading.run(FLOWERS, "SELECT 'x' AS CLASS, 1::BIGINT AS N");
    lake.send("CREATE OR REPLACE STAGE LAKE.PUBLIC.MOVED_STAGE URL = 's3://curated/before/'");

    assertThatThrownBy(() -> loading.run(FLOWERS, "SELECT 'y' AS CLASS, 1::BIGINT AS N"))
        .hasMessageContaining("Stage LAKE.PUBLIC.MOVED_STAGE is over s3://curated/before/");
  }

  @Test
  void first_rows_are_text_as_snowflake_writes_it() {
    Loading loading = new Loading(lake, "texts");

    Load load =
        loading.run(
            List.of(
                new Column("B", "binary"),
                new Column("T", "timestamp_ntz"),
                new Column("D", "date"),
                new Column("V", "struct<a:int>"),
                new Column("O", "boolean")),
            "SELECT 'ab'::BLOB AS B, TIMESTAMP '2026-11-22 12:00:00' AS T, DATE '2026-11-22' AS D, {'a': 1} AS V, TRUE AS O");

    assertThat(load.loaded().firstRows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row).containsEntry("B", "6162").containsEntry("D", "2026-11-22");
              assertThat(row).containsEntry("O", "true").containsEntry("V", "{\"a\":1}");
              assertThat(row.get("T")).startsWith("2026-11-22 12:00:00");
            });
  }

  @Test
  void hostile_columns_change_no_statement() {
    Loading loading = new Loading(lake, "hostile");
    List<Column> columns =
        List.of(
            new Column("\"; DROP TABLE x; --", "string"),
            new Column("select", "bigint"),
            new Column("Größe \ud83c\udf38", "decimal(10,2)"),
            new Column("a.b's", "boolean"));

    Load load =
        loading.run(
            columns,
            "SELECT 'v' AS \"\"\"; DROP TABLE x; --\", 1::BIGINT AS \"select\", 2.50::DECIMAL(10,2) AS \"Größe \ud83c\udf38\", TRUE AS \"a.b's\"");

    assertThat(load.loaded().firstRows())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row)
                  .containsEntry("\"; DROP TABLE x; --", "v")
                  .containsEntry("select", "1")
                  .containsEntry("Größe \ud83c\udf38", "2.50");
              assertThat(row.get("a.b's")).isEqualToIgnoringCase("true");
            });
  }
}
