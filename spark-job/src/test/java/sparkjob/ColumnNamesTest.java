package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns keep their names, whatever is in them. */
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
