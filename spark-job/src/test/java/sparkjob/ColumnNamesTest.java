package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import contract.JobResult.FailureCause;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkjob.failure.JobFailure;

/** Columns keep their names, whatever is in them. */
@Tag("full")
class ColumnNamesTest {
  private static final List<String> NAMES =
      List.of(
          "order day", "a.b", "say \"hi\"", "größe 数", "SELECT", "a`b", "x, y", "(z)=1;", "table");
  private static final String HEADER =
      "\"order day\",a.b,\"say \"\"hi\"\"\",größe 数,SELECT,a`b,\"x, y\",(z)=1;,table\n";

  @TempDir Path folder;

  @Test
  void names_come_from_a_header_to_parquet_as_they_are() {
    Batch batch = new Batch(folder).header().landed("a.csv", HEADER + "1,2,3,4,5,6,7,8,9\n");
    batch.run();

    assertThat(batch.result().get("schema").findValuesAsText("name")).isEqualTo(NAMES);
    assertThat(LocalSpark.session().read().parquet(batch.uri("curated")).columns())
        .containsExactlyElementsOf(NAMES);
    assertThat(batch.rows()).containsExactly("1|2|3|4|5|6|7|8|9");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "id,name, | '' | it has no name; give it one",
        "id,value | 'value' | the table would call it VALUE, which every external table has already",
        "id,Run_Id | 'Run_Id' | the table would call it RUN_ID, which every external table has",
        "id,metadata$filename | 'metadata$filename' | the table would call it METADATA$FILENAME",
        "id,current_date | 'current_date' | the table would call it CURRENT_DATE",
        "Name,name | 'name' | the table would call it NAME, and 'Name' too; set warehouse.column-names=as-is, or give one of them another name there, or in transform.sql",
      })
  void an_inferred_name_that_the_table_cannot_take_is_the_datas_fault(
      String header, String column, String why) {
    Batch batch = new Batch(folder).header().merge().columnNames(true);
    batch.landed("a.csv", "id\n1\n");
    JobFailure failure = batch.landed("b.csv", header + "\n1,2,3\n").failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure.objects()).containsExactly(batch.uri("b.csv"));
    assertThat(failure)
        .hasMessageContaining("b.csv has a column that no table takes, '" + column + "': " + why);
    assertThat(batch.list("curated")).isEmpty();
  }

  @Test
  void a_name_of_300_characters_is_the_datas_fault() {
    Batch batch = new Batch(folder).header().columnNames(false);
    batch.landed("a.csv", "id," + "x".repeat(300) + "\n1,2\n");

    assertThat(batch.failure())
        .hasMessageContaining("xxx…': its name has 300 characters, and Snowflake takes 255")
        .hasMessageContaining("a.csv");
  }

  @Test
  void as_they_are_names_that_differ_in_case_only_are_columns_of_their_own() {
    Batch batch = new Batch(folder).header().columnNames(false);
    batch.landed("a.csv", "Name,name,value\n1,2,3\n").run();

    assertThat(batch.result().get("schema").findValuesAsText("name"))
        .containsExactly("Name", "name", "value");
  }

  @Test
  void a_member_of_json_and_a_column_of_parquet_are_found_in_their_object() {
    Batch json = new Batch(folder.resolve("j")).format("json-lines").columnNames(true);
    json.landed("a.json", "{\"id\":1}\n").landed("b.json", "{\"id\":2}\n{\"value\":{\"x\":1}}\n");
    assertThat(json.failure().objects()).containsExactly(json.uri("b.json"));

    Batch written = new Batch(folder.resolve("w")).header();
    written.landed("a.csv", "id,value\n1,2\n").run();
    Batch parquet = new Batch(folder.resolve("p")).format("parquet").columnNames(true);
    String file = written.list("curated").get(0);
    parquet.landed("_SUCCESS", new byte[0]).landed("a.parquet", written.bytes("curated/" + file));
    assertThat(parquet.failure().objects()).containsExactly(parquet.uri("a.parquet"));
  }

  @Test
  void a_transform_may_give_a_name_another_one_and_answers_for_its_own() {
    Batch batch = new Batch(folder).header().columnNames(true);
    batch
        .landed("a.csv", "id,value,\n1,2,3\n")
        .sql("SELECT id, value AS reading FROM landed")
        .run();
    assertThat(batch.rows()).containsExactly("1|2");

    JobFailure failure = batch.sql("SELECT id, id + 1 AS Current_Date FROM landed").failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure)
        .hasMessageContaining("'Current_Date': the table would call it CURRENT_DATE");
  }

  @Test
  void declared_names_are_found_and_usable_in_sql() {
    Batch batch =
        new Batch(folder).header().merge().landed("a.csv", HEADER + "1,2,3,4,5,6,7,8,9\n");
    ArrayNode columns = batch.input().putArray("columns");
    for (String name : List.of("größe 数", "a.b", "Order Day", "say \"hi\"")) {
      columns.addObject().put("name", name).put("type", "int");
    }
    batch
        .sql("SELECT `a.b` + `größe 数` AS `sum, of both`, `Order Day`, `say \"hi\"` FROM landed")
        .run();

    assertThat(batch.result().get("schema").findValuesAsText("name"))
        .containsExactly("sum, of both", "Order Day", "say \"hi\"");
    assertThat(batch.rows()).containsExactly("6|1|3");
  }
}
