package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import warehouse.WarehouseSettings.Mode;

/** {@code warehouse.column-names=upper}, with the real driver and the Snowflake stand-in. */
class UpperNamesTest extends OnALake {

  private static final Column ZIP = new Column("zip_code", "string");
  private static final Column N = new Column("n", "bigint");

  private static Loading upper(String pipeline) {
    return new Loading(lake, "upper-" + pipeline).names(ColumnNames.UPPER);
  }

  @Test
  void columns_are_queried_without_quotes_and_a_name_that_needs_them_is_as_it_was() {
    Loading loading = upper("unquoted");

    Load load =
        loading.run(
            List.of(ZIP, new Column("order day", "int")),
            "SELECT '00501' AS zip_code, 3 AS \"order day\"");

    assertThat(loading.rows("SELECT zip_code, \"order day\" FROM {table}"))
        .containsExactly(Map.of("ZIP_CODE", "00501", "order day", 3L));
    assertThat(load.loaded().firstRows())
        .containsExactly(Map.of("ZIP_CODE", "00501", "order day", "3"));
  }

  @Test
  void a_run_whose_files_spell_a_column_otherwise_has_its_values_in_the_same_column() {
    Loading loading = upper("spelled");
    loading.run(List.of(ZIP, N), "SELECT '1' AS zip_code, 1::BIGINT AS n");
    loading.run(
        List.of(new Column("Zip_Code", "string"), new Column("N", "bigint")),
        "SELECT '2' AS \"Zip_Code\", 2::BIGINT AS \"N\"");

    assertThat(loading.rows("SELECT zip_code AS Z, n AS N FROM {table} ORDER BY 1"))
        .containsExactly(Map.of("Z", "1", "N", 1L), Map.of("Z", "2", "N", 2L));
  }

  @Test
  void a_rebuild_keeps_the_values_of_a_column_that_the_run_does_not_have() {
    Loading loading = upper("kept").changes(Loading.LENIENT);
    loading.run(List.of(ZIP, N), "SELECT '1' AS zip_code, 1::BIGINT AS n");
    loading.run(List.of(new Column("n", "decimal(10,2)")), "SELECT 2.5::DECIMAL(10,2) AS n");

    assertThat(
            loading.rows("SELECT COUNT(zip_code) AS ZIPS, TO_VARCHAR(MAX(n)) AS MOST FROM {table}"))
        .containsExactly(Map.of("ZIPS", 1L, "MOST", "2.50"));
  }

  @Test
  void a_folder_keeps_the_case_of_the_jobs_column_and_is_found() {
    Loading loading = upper("folders");

    loading.run(
        List.of(N, new Column("region", "string")),
        List.of("region"),
        Map.of("region=eu/a.parquet", "SELECT 1::BIGINT AS n"));

    assertThat(loading.rows("SELECT n, region FROM {table}"))
        .containsExactly(Map.of("N", 1L, "REGION", "eu"));
  }

  @Test
  void a_table_that_was_made_with_names_as_they_are_is_left_as_it_is_with_the_way_out() {
    new Loading(lake, "upper-older").run(List.of(ZIP), "SELECT '1' AS zip_code");
    Loading loading = upper("older").changes(Loading.LENIENT);
    loading.run();

    assertThatThrownBy(() -> loading.run(List.of(ZIP), "SELECT '2' AS zip_code"))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessage(
            "LAKE.PUBLIC.UPPER_OLDER has the columns zip_code, which warehouse.column-names=upper would"
                + " name differently");
    assertThat(loading.rows("SELECT \"zip_code\" FROM {table}")).hasSize(1);
  }

  @Test
  void a_view_of_the_latest_run_has_the_names_too() {
    Loading loading = upper("latest").mode(Mode.REPLACE);

    loading.run(List.of(ZIP), "SELECT '1' AS zip_code");

    assertThat(loading.rows("SELECT zip_code FROM {table}"))
        .containsExactly(Map.of("ZIP_CODE", "1"));
  }

  @Test
  void names_that_no_table_takes_are_refused_before_anything_is_sent() {
    Loading loading = upper("refused");
    Load load =
        loading.load(
            loading.write(
                loading.run(), List.of(ZIP, new Column("value", "int")), "SELECT 1 AS zip_code"));

    assertThatThrownBy(load::next)
        .isInstanceOf(LoadRefusedException.class)
        .hasMessage(
            "The job's result has a column that no table takes, 'value': the table would call it"
                + " VALUE, which every external table has already or Snowflake reserves; give it"
                + " another name");
  }
}
