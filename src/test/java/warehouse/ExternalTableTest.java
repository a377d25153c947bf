package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.Column;
import contract.JobResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Iris;
import testing.Resource;
import warehouse.WarehouseSettings.Manage;
import warehouse.WarehouseSettings.Mode;

/** The SQL is a function of its inputs; golden files in {@code src/test/resources/warehouse}. */
class ExternalTableTest {

  @Test
  void the_sql_for_a_table_that_shows_the_latest_run_is_the_golden_one() {
    assertThat(script(Iris.warehouse(), "s3://curated/iris/", Iris.CURATED_COLUMNS))
        .isEqualTo(Resource.text("warehouse/replace.sql"));
  }

  @Test
  void the_sql_for_a_table_that_shows_every_run_is_the_golden_one() {
    WarehouseSettings settings =
        settings(
            new ObjectName(
                Identifier.parse("sales"), Identifier.parse("public"), Identifier.parse("orders")),
            Optional.empty());

    assertThat(
            script(
                settings,
                "s3://curated/orders/",
                List.of(
                    new Column("ORDER_ID", "bigint"),
                    new Column("AMOUNT", "decimal(10,2)"),
                    new Column("PAID_AT", "timestamp"),
                    new Column("LOCAL_TIME", "timestamp_ntz"),
                    new Column("DUE", "date"),
                    new Column("IS_GIFT", "boolean"),
                    new Column("SIGNATURE", "binary"),
                    new Column("lines", "array<struct<sku:string,count:int>>"))))
        .isEqualTo(Resource.text("warehouse/append.sql"));
  }

  @Test
  void the_sql_for_a_table_with_partition_columns_is_the_golden_one() {
    WarehouseSettings settings =
        settings(
            new ObjectName(
                Identifier.parse("sales"), Identifier.parse("public"), Identifier.parse("orders")),
            Optional.empty());

    assertThat(
            script(
                settings,
                "s3://curated/orders/",
                List.of(
                    new Column("ORDER_ID", "bigint"),
                    new Column("REGION", "string"),
                    new Column("DUE", "date"),
                    new Column("AMOUNT", "decimal(10,2)"),
                    new Column("shop's/\"no\"", "int"),
                    new Column("IS_GIFT", "boolean")),
                List.of("DUE", "REGION", "shop's/\"no\"", "IS_GIFT")))
        .isEqualTo(Resource.text("warehouse/partitioned.sql"));
  }

  @Test
  void the_sql_for_hostile_names_is_the_golden_one() {
    WarehouseSettings settings =
        settings(
            new ObjectName(
                Identifier.parse("lake"),
                Identifier.parse("\"it's \"\"mine\"\"\""),
                Identifier.parse("\"x; DROP TABLE y; --\"")),
            Optional.of("it's \\ '); DROP TABLE y; --"));

    assertThat(
            script(
                settings,
                "s3://curated/o'clock\\/",
                List.of(
                    new Column("a\"b", "string"),
                    new Column("'; SELECT 1", "decimal(10,2)"),
                    new Column("nested", "struct<a:int>"))))
        .isEqualTo(Resource.text("warehouse/hostile.sql"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint|NUMBER(38,0)|NUMBER(38,0)",
        "smallint|NUMBER(38,0)|NUMBER(38,0)",
        "int|NUMBER(38,0)|NUMBER(38,0)",
        "bigint|NUMBER(38,0)|NUMBER(38,0)",
        "float|DOUBLE|FLOAT",
        "double|DOUBLE|FLOAT",
        "decimal(10,2)|NUMBER(10,2)|NUMBER(10,2)",
        "decimal(38, 18)|NUMBER(38,18)|NUMBER(38,18)",
        "DECIMAL(5,0)|NUMBER(5,0)|NUMBER(5,0)",
        "boolean|BOOLEAN|BOOLEAN",
        "date|DATE|DATE",
        "timestamp|TIMESTAMP_LTZ|TIMESTAMP_LTZ",
        "timestamp_ntz|TIMESTAMP_NTZ|TIMESTAMP_NTZ",
        "binary|BINARY|BINARY",
        "string|VARCHAR|TEXT",
        "varchar(10)|VARCHAR|TEXT",
        "array<int>|VARIANT|VARIANT",
        "map<string,int>|VARIANT|VARIANT",
        "struct<a:int,b:string>|VARIANT|VARIANT"
      })
  void every_type_of_spark_has_snowflakes_word(String spark, String sql, String shown) {
    assertThat(ColumnType.of(spark)).isEqualTo(new ColumnType(sql, shown));
    assertThat(ColumnType.of(ColumnType.sparkOf(shown))).isEqualTo(ColumnType.of(spark));
  }

  @ParameterizedTest
  @CsvSource({"RUN_ID", "VALUE"})
  void a_column_that_every_table_has_anyway_is_refused_by_name(String name) {
    List<Column> columns = List.of(new Column(name, "string"));

    assertThatThrownBy(() -> script(Iris.warehouse(), "s3://curated/iris/", columns))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("'" + name + "'");
  }

  @Test
  void the_definition_changes_with_the_place_and_the_folders_and_not_with_the_jobs_columns() {
    ExternalTable table = table("iris/");

    assertThat(table.withColumns(List.of(new Column("X", "int"))).definition())
        .isEqualTo(table.definition())
        .hasSize(16);
    assertThat(table.withColumns(List.of(new Column("X", "int"))).definitionWithColumns())
        .isNotEqualTo(table.definitionWithColumns());
    assertThat(table("other/").definition()).isNotEqualTo(table.definition());
    assertThat(table("iris/", "CLASS_NAME").definition())
        .isNotEqualTo(table.definition())
        .isNotEqualTo(table("iris/", "FLOWERS").definition());
  }

  private static ExternalTable table(String path, String... partitionBy) {
    ObjectName name = Iris.warehouse().name();
    return new ExternalTable(
        name,
        "s3://curated/" + path,
        new StageFolder(name, path),
        Iris.CURATED_COLUMNS,
        Stream.of(partitionBy).map(column -> new PartitionColumn(column, column)).toList(),
        ColumnNames.AS_IS);
  }

  private static WarehouseSettings settings(ObjectName name, Optional<String> comment) {
    WarehouseSettings iris = Iris.warehouse();
    return new WarehouseSettings(
        name,
        Mode.APPEND,
        Manage.TABLE,
        Duration.ofHours(6),
        Optional.of(Identifier.parse("lake_integration")),
        Optional.empty(),
        Optional.empty(),
        ColumnNames.AS_IS,
        iris.changes(),
        List.of(Identifier.parse("analysts")),
        comment,
        new WarehouseSettings.FirstRows(5, Set.of("due")),
        List.of());
  }

  /** All that is sent for a first run. */
  private static String script(WarehouseSettings settings, String location, List<Column> columns) {
    return script(settings, location, columns, List.of());
  }

  private static String script(
      WarehouseSettings settings, String location, List<Column> columns, List<String> partitionBy) {
    JobResult iris = Iris.result();
    JobResult result =
        new JobResult(
            iris.version(),
            iris.pipeline(),
            iris.run(),
            iris.attempt(),
            iris.status(),
            iris.failure(),
            iris.rows(),
            columns,
            partitionBy,
            iris.files(),
            iris.details());
    Load load = new Load("iris", settings, location, Iris.RUN, Iris.NOON, result, Iris.OUTPUT);
    return String.join(";\n\n", load.played()) + ";\n";
  }
}
