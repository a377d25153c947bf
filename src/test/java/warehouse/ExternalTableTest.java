package warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Column;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import testing.Iris;
import testing.Resource;

class ExternalTableTest {

  @Test
  void the_sql_for_iris_is_the_golden_one() {
    ExternalTable table =
        new ExternalTable(Iris.warehouse(), "s3://curated/iris/", Iris.CURATED_COLUMNS);

    assertThat(script(table)).isEqualTo(Resource.text("warehouse/iris.sql"));
  }

  @Test
  void the_sql_for_hostile_names_is_the_golden_one() {
    WarehouseSettings settings =
        new WarehouseSettings(
            Identifier.parse("lake"),
            Identifier.parse("\"it's \"\"mine\"\"\""),
            Identifier.parse("\"x; DROP TABLE y; --\""),
            WarehouseSettings.Manage.TABLE,
            Duration.ofHours(6),
            Optional.of(Identifier.parse("lake_integration")));
    ExternalTable table =
        new ExternalTable(
            settings,
            "s3://curated/o'clock\\/",
            List.of(
                new Column("a\"b", "string"),
                new Column("'; SELECT 1", "decimal(10,2)"),
                new Column("nested", "struct<a:int>")));

    assertThat(script(table)).isEqualTo(Resource.text("warehouse/hostile.sql"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tinyint|NUMBER(38,0)",
        "smallint|NUMBER(38,0)",
        "int|NUMBER(38,0)",
        "bigint|NUMBER(38,0)",
        "float|DOUBLE",
        "double|DOUBLE",
        "decimal(10,2)|NUMBER(10,2)",
        "decimal(38, 18)|NUMBER(38,18)",
        "DECIMAL(5,0)|NUMBER(5,0)",
        "boolean|BOOLEAN",
        "date|DATE",
        "timestamp|TIMESTAMP_LTZ",
        "timestamp_ntz|TIMESTAMP_NTZ",
        "binary|BINARY",
        "string|VARCHAR",
        "varchar(10)|VARCHAR",
        "array<int>|VARIANT",
        "map<string,int>|VARIANT",
        "struct<a:int,b:string>|VARIANT"
      })
  void every_type_of_spark_has_snowflakes_word(String spark, String snowflake) {
    assertThat(SnowflakeType.of(spark)).isEqualTo(snowflake);
  }

  @Test
  void nothing_of_one_attempt_is_asked_of_another() {
    ExternalTable table =
        new ExternalTable(Iris.warehouse(), "s3://curated/iris/", Iris.CURATED_COLUMNS);

    assertThat(
            List.of(
                table.refresh("p/"), table.registeredFiles("p/"), table.countRows(Iris.RUN, "p/")))
        .allSatisfy(sql -> assertThat(sql).contains("'p/'"));
  }

  @Test
  void where_the_administrator_makes_everything_nothing_is_created() {
    WarehouseSettings settings =
        new WarehouseSettings(
            new Identifier("LAKE"),
            new Identifier("PUBLIC"),
            new Identifier("T"),
            WarehouseSettings.Manage.NOTHING,
            Duration.ofHours(6),
            Optional.empty());

    assertThat(new ExternalTable(settings, "s3://c/t/", Iris.CURATED_COLUMNS).define()).isEmpty();
  }

  private static String script(ExternalTable table) {
    List<String> statements = new ArrayList<>(table.define());
    statements.add(table.lookForColumns());
    statements.add(table.refresh(Iris.OUTPUT));
    statements.add(table.registeredFiles(Iris.OUTPUT));
    statements.add(table.countRows(Iris.RUN, Iris.OUTPUT));
    return String.join(";\n\n", statements) + ";\n";
  }
}
