package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import contract.JobResult.FailureCause;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkjob.failure.JobFailure;
import sparkjob.text.Window;

/** JSON that is no lines. */
class JsonDocumentTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void two_columns() {
    batch = new Batch(folder).format("json").columns("n int, t string");
  }

  @Test
  void a_list_a_document_over_many_lines_and_documents_one_after_the_other_give_rows() {
    batch
        .landed("list.json", "\uFEFF [\n{\"n\": 1, \"t\": \"],}\\\"{\"},\r\n  {\"t\":\n\"b\"}\n]\n")
        .landed("one.json", "{\n  \"n\": 3,\n  \"t\": [1, {\"a\": 2}],\n  \"other\": {}\n}\n")
        .landed("lines.json", "{\"n\": 4}\n{\"n\": 5}[{\"n\": 6}]")
        .landed("none.json", "[ ]")
        .landed("empty.json", "");

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(6, 6, 0));
    assertThat(batch.rows())
        .containsExactly("1|],}\"{", "3|[1, {\"a\": 2}]", "4|null", "5|null", "6|null", "null|b");
  }

  @Test
  void a_list_that_is_larger_than_what_is_held_of_it_is_read() {
    String element = "{\"n\": 7, \"t\": \"" + "x".repeat(1_000) + "\"}";
    batch.landed("a.json.gz", Batch.gzip("[" + (element + ",").repeat(20_000) + element + "]"));

    assertThat(batch.sql("SELECT SUM(n) FROM landed").run().rows().read()).isEqualTo(20_001);
    assertThat(batch.rows()).containsExactly("140007");
  }

  @Test
  void an_element_that_does_not_fit_or_is_no_json_is_rejected_with_its_text() {
    batch.landed("a.json", "[{\"n\": \"x\"}, {\"n\": tru}, 5, [1], \"a\", null, {\"n\": 1}]").run();

    assertThat(batch.rows()).containsExactly("1|null");
    assertThat(batch.rejected().stream().map(row -> row.get("raw").textValue()).toList())
        .containsExactly("{\"n\": \"x\"}", "{\"n\": tru}", "5", "[1]", "\"a\"", "null");
    List<String> reasons =
        batch.rejected().stream().map(row -> row.get("reason").textValue()).toList();
    assertThat(reasons.get(0)).isEqualTo("column n is declared int and holds \"x\"");
    assertThat(reasons.get(1)).startsWith("the element is not JSON: ");
    assertThat(reasons.get(2)).isEqualTo("the element is not a JSON object");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[{\"n\": 1}, {\"n\": 2; at byte 11: the element that begins here is not closed",
        "[{\"n\": 1}; at byte 9: it ends within a list",
        "[{\"n\": 1} {\"n\": 2}]; at byte 10: a comma or the end of the list is missing",
        "[{\"n\": 1}, ]; at byte 11: an element is missing",
        "{\"n\": 1}}; at byte 8: an element is missing",
      })
  void a_document_whose_brackets_make_no_sense_fails_and_is_named(String text, String why) {
    JobFailure failure = batch.landed("a.json", text).failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure).hasMessage("Cannot read %s as json: %s", batch.uri("a.json"), why);
    assertThat(failure.objects()).containsExactly(batch.uri("a.json"));
  }

  @Test
  void an_element_that_is_too_long_fails_and_is_named() {
    batch.landed("a.json", "[{\"t\": \"" + "x".repeat(Window.LONGEST_RECORD) + "\"}]");

    assertThat(batch.failure())
        .hasMessageContaining("the element that begins here has more than 16777216 bytes");
  }

  @Test
  void columns_are_inferred_from_elements_too() {
    batch.input().remove("columns");
    batch.landed("a.json", "[{\"a\": 1,\n \"b\": {\"c\": true}}, {\"a\": 2.5}]").run();

    assertThat(batch.result().get("schema").findValuesAsText("type"))
        .containsExactly("double", "struct<c:boolean>");
  }
}
