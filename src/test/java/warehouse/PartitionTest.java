package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import warehouse.WarehouseSettings.Mode;

/** Columns that are folders of the curated files, named as Spark names them. */
class PartitionTest extends OnALake {

  private static final Column REGION = new Column("region", "string");
  private static final Column N = new Column("N", "bigint");
  private static final Column DAY = new Column("order \"day\"", "date");
  private static final List<Column> ORDERS = List.of(REGION, N, DAY);
  private static final List<String> FOLDERS = List.of("region", "order \"day\"");

  @Test
  void two_folders_are_columns_again_whatever_their_values_and_names() {
    Loading loading = new Loading(lake, "two-folders").masked("REGION");

    Load load =
        loading.run(
            ORDERS,
            FOLDERS,
            files(
                "region=eu/order %22day%22=2026-11-22",
                "region= süd-ost & co. \ud83c\udf3c (1+1)/order %22day%22=2026-11-23",
                "region=__HIVE_DEFAULT_PARTITION__/order %22day%22=__HIVE_DEFAULT_PARTITION__"));

    assertThat(
            loading.rows(
                "SELECT \"region\" AS R, N, TO_VARCHAR(\"order \"\"day\"\"\") AS D FROM {table} ORDER BY N"))
        .extracting(row -> Arrays.asList(row.get("R"), row.get("N"), row.get("D")))
        .containsExactly(
            Arrays.asList("eu", 0L, "2026-11-22"),
            Arrays.asList(" süd-ost & co. \ud83c\udf3c (1+1)", 1L, "2026-11-23"),
            Arrays.asList(null, 2L, null));
    assertThat(
            loading.rows("SELECT N FROM {table} WHERE \"order \"\"day\"\"\" > '2026-11-22'::DATE"))
        .containsExactly(Map.of("N", 1L));
    assertThat(load.loaded().rows()).isEqualTo(3);
    assertThat(load.loaded().firstRows())
        .hasSize(3)
        .allSatisfy(row -> assertThat(row).containsEntry("region", "***").containsKey("N"));
    assertThat(lake.send(load.loaded().query())).hasSize(3);
  }

  @Test
  void numbers_and_truths_have_their_type_again() {
    Loading loading = new Loading(lake, "typed-folders");

    loading.run(
        List.of(
            N,
            new Column("YEAR", "int"),
            new Column("PRICE", "decimal(10,2)"),
            new Column("IS_GIFT", "boolean")),
        List.of("YEAR", "PRICE", "IS_GIFT"),
        files("YEAR=-7/PRICE=1.50/IS_GIFT=true", "YEAR=2026/PRICE=0.00/IS_GIFT=false"));

    assertThat(
            loading.rows(
                "SELECT YEAR + 1 AS Y, TO_VARCHAR(PRICE) AS P FROM {table} WHERE IS_GIFT ORDER BY N"))
        .containsExactly(Map.of("Y", -6L, "P", "1.50"));
    assertThat(loading.rows("SELECT COUNT(*) AS C FROM {table} WHERE YEAR = 2026"))
        .containsExactly(Map.of("C", 1L));
  }

  @Test
  void a_view_of_the_latest_run_has_the_partition_columns_too() {
    Loading loading = new Loading(lake, "latest-folders").mode(Mode.REPLACE);
    loading.run(ORDERS, FOLDERS, files("region=eu/order %22day%22=2026-11-22"));

    Load load = loading.run(ORDERS, FOLDERS, files("region=us/order %22day%22=2026-11-23"));

    assertThat(loading.rows("SELECT \"region\" AS R FROM {table}"))
        .containsExactly(Map.of("R", "us"));
    assertThat(load.loaded().firstRows())
        .containsExactly(Map.of("region", "us", "N", "0", "order \"day\"", "2026-11-23"));
  }

  @Test
  void a_further_run_needs_no_change_of_the_table_and_a_new_column_is_added_beside() {
    Loading loading = new Loading(lake, "further").changes(Loading.LENIENT);
    loading.run(ORDERS, FOLDERS, files("region=eu/order %22day%22=2026-11-22"));
    List<Column> wider = List.of(REGION, N, DAY, new Column("NOTE", "string"));

    loading.run(
        wider,
        FOLDERS,
        Map.of(
            "region=us/order %22day%22=2026-11-22/part-0.parquet",
            "SELECT 1::BIGINT AS N, 'new' AS NOTE"));

    assertThat(loading.rows("SELECT \"region\" AS R, NOTE FROM {table} WHERE NOTE = 'new'"))
        .containsExactly(Map.of("R", "us", "NOTE", "new"));
    assertThat(loading.rows("SELECT COUNT(\"region\") AS C FROM {table}"))
        .containsExactly(Map.of("C", 2L));
  }

  @Test
  void a_column_becomes_a_folder_only_where_no_value_of_before_is_lost() {
    Loading loading = new Loading(lake, "became").changes(Loading.LENIENT);
    loading.run(List.of(REGION, N), "SELECT 'eu' AS \"region\", 1::BIGINT AS N");

    assertThatThrownBy(() -> loading.run(List.of(REGION, N), List.of("region"), files("region=us")))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessage(
            "Cannot rebuild LAKE.PUBLIC.BECAME: it has 1 values in \"region\", and with the new definition it would have 0; readers have the old table");
    assertThat(loading.rows("SELECT \"region\" AS R FROM {table}"))
        .containsExactly(Map.of("R", "eu"));
  }

  @Test
  void a_folder_becomes_a_column_only_where_no_value_of_before_is_lost() {
    Loading loading = new Loading(lake, "was").changes(Loading.LENIENT);
    loading.run(List.of(REGION, N), List.of("region"), files("region=us"));

    assertThatThrownBy(
            () -> loading.run(List.of(REGION, N), "SELECT 'eu' AS \"region\", 1::BIGINT AS N"))
        .hasMessageContaining("it has 1 values in \"region\"");
    assertThat(loading.rows("SELECT \"region\" AS R FROM {table}"))
        .containsExactly(Map.of("R", "us"));
  }

  @Test
  void folders_in_another_order_rebuild_the_table_with_every_value() {
    Loading loading = new Loading(lake, "turned");
    loading.run(ORDERS, FOLDERS, files("region=eu/order %22day%22=2026-11-22"));

    loading.run(
        ORDERS, List.of("order \"day\"", "region"), files("order %22day%22=2026-11-23/region=us"));

    assertThat(
            loading.rows(
                "SELECT \"region\" AS R, TO_VARCHAR(\"order \"\"day\"\"\") AS D FROM {table} ORDER BY R"))
        .containsExactly(
            Map.of("R", "eu", "D", "2026-11-22"), Map.of("R", "us", "D", "2026-11-23"));
  }

  /** A file of one row in each folder; N counts them. */
  private static Map<String, String> files(String... folders) {
    Map<String, String> files = new LinkedHashMap<>();
    for (String folder : folders) {
      files.put(folder + "/part-0.parquet", "SELECT %d::BIGINT AS N".formatted(files.size()));
    }
    return files;
  }
}
