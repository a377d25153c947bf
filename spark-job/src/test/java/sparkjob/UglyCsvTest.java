package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkjob.failure.JobFailure;
import sparkjob.text.Window;

/** CSV as it really lands. */
class UglyCsvTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void two_columns() {
    batch = new Batch(folder).columns("n int, t string");
  }

  private List<String> reasons() {
    return batch.rejected().stream().map(row -> row.get("reason").textValue()).toList();
  }

  private List<String> raws() {
    return batch.rejected().stream().map(row -> row.get("raw").textValue()).toList();
  }

  @Test
  void quotes_may_hold_delimiters_line_ends_and_doubled_quotes() {
    batch
        .landed("a.csv", "1,\"x, y\"\n2,\"two\nlines\"\r\n3,\"say \"\"hi\"\"\"\n4,it is 5\" long\n")
        .run();

    assertThat(batch.rows())
        .containsExactly("1|x, y", "2|two\nlines", "3|say \"hi\"", "4|it is 5\" long");
    assertThat(batch.rejected()).isEmpty();
  }

  @Test
  void a_backslash_escapes_where_it_is_declared_to() {
    batch.input().put("escape", "\\");
    batch.landed("a.csv", "1,\"say \\\"hi\\\" \\\\ \\n\"\n").run();

    assertThat(batch.rows()).containsExactly("1|say \"hi\" \\ \\n");
  }

  @Test
  void byte_order_mark_crlf_blank_lines_and_a_missing_last_line_end_are_no_rows() {
    JobResult result = batch.landed("a.csv", "\uFEFF1,a\r\n\r\n  \r\n2,b").run();

    assertThat(batch.rows()).containsExactly("1|a", "2|b");
    assertThat(result.rows()).isEqualTo(new JobResult.Rows(2, 2, 0));
  }

  @Test
  void short_and_long_lines_are_rejected_with_their_raw_text() {
    batch.landed("a.csv", "1\n2,b,c\n3,ok\n").run();

    assertThat(reasons())
        .containsExactly(
            "2 columns are declared and the line has 1",
            "2 columns are declared and the line has 3");
    assertThat(raws()).containsExactly("1", "2,b,c");
    assertThat(batch.rows()).containsExactly("3|ok");
  }

  @Test
  void a_wrong_quote_loses_only_its_own_line() {
    batch.landed("a.csv", "1,\"open\n2,b\n3,\"c\"d\n4,\"open\n5,e\n").run();

    assertThat(batch.rows()).containsExactly("2|b", "5|e");
    assertThat(raws()).containsExactly("1,\"open", "3,\"c\"d", "4,\"open");
    assertThat(reasons())
        .contains(
            "text follows the closing quote of field 2",
            "the quote that opens field 2 is not closed");
  }

  @Test
  void an_empty_field_is_null_and_a_quoted_one_is_an_empty_text() {
    batch.landed("a.csv", ",\n1,\"\"\n\"\",x\n").run();

    assertThat(batch.rows()).containsExactly("1|", "null|null", "null|x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "int; 2147483648",
        "int; 1.0",
        "bigint; 9223372036854775808",
        "smallint; 40000",
        "tinyint; 200",
        "double; 1,5",
        "double; 1.5f",
        "double; 0x1p3",
        "float; abc",
        "boolean; yes",
        "decimal(5,2); 1234.5",
        "decimal(5,2); 1.239",
        "decimal(5,2); 1E999999999",
        "date; 2026-02-30",
        "date; 22.11.2026",
        "timestamp; 2026-11-22T25:00:00",
        "timestamp_ntz; 2026-11-22T10:00:00Z",
      })
  void a_value_that_does_not_fit_its_type_is_never_null_but_rejected_by_name(
      String type, String value) {
    batch.columns("n int, t " + type).landed("a.csv", "1,\"" + value + "\"\n").run();

    assertThat(reasons())
        .containsExactly("column t is declared %s and holds \"%s\"".formatted(type, value));
    assertThat(batch.list("curated")).isEmpty();
  }

  @Test
  void values_of_all_types_are_read_as_they_are() {
    batch
        .columns(
            "a boolean, b tinyint, c smallint, d bigint, e float, f double, g decimal(10,2), h date, i timestamp, j timestamp_ntz")
        .sql(
            "SELECT CAST(a AS STRING), b, c, d, e, f, g, CAST(h AS STRING), CAST(i AS STRING), CAST(j AS STRING) FROM landed")
        .landed(
            "a.csv",
            "TRUE,-128, 7 ,-9223372036854775808,1.5,-1e-300,12.30,0999-12-31,2026-11-22 10:00:00.123456+02:00,2026-11-22T10:00\n")
        .run();

    assertThat(batch.rows())
        .containsExactly(
            "true|-128|7|-9223372036854775808|1.5|-1.0E-300|12.30|0999-12-31|2026-11-22 08:00:00.123456|2026-11-22 10:00:00");
  }

  @Test
  void an_empty_object_has_no_rows_and_leaves_no_file() {
    JobResult result = batch.landed("a.csv", "").run();

    assertThat(result.rows()).isEqualTo(new JobResult.Rows(0, 0, 0));
    assertThat(result.files()).isEmpty();
    assertThat(batch.list("curated")).isEmpty();
    assertThat(batch.result().get("schema").toString())
        .isEqualTo("[{\"name\":\"n\",\"type\":\"int\"},{\"name\":\"t\",\"type\":\"string\"}]");
  }

  @Test
  void a_binary_object_is_rejected_line_by_line_and_named() {
    byte[] bytes = new byte[4096];
    new Random(1).nextBytes(bytes);
    JobFailure failure =
        batch.maxRatio(0.5).landed("photo.csv", bytes).landed("a.csv", "1,a\n").failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure.objects()).containsExactly(batch.uri("photo.csv"));
    assertThat(reasons()).contains("it is not UTF-8");
  }

  @Test
  void latin_1_and_nul_are_rejected_and_utf_16_fails() {
    batch
        .landed("a.csv", "1,\u00e4\n2,b\n".getBytes(StandardCharsets.ISO_8859_1))
        .landed("b.csv", "3,\0\n")
        .run();
    assertThat(reasons())
        .containsExactly("it is not UTF-8", "it holds a NUL byte: this is not text");
    assertThat(batch.rows()).containsExactly("2|b");

    batch.landed("c.csv", "1,a\n".getBytes(StandardCharsets.UTF_16));
    assertThat(batch.failure())
        .hasMessage("Cannot read " + batch.uri("c.csv") + ": it is UTF-16, and must be UTF-8");
  }

  @Test
  void a_line_without_end_fails_instead_of_filling_the_memory() {
    byte[] bytes = new byte[Window.LONGEST_RECORD + 1];
    Arrays.fill(bytes, (byte) 'x');

    assertThat(batch.landed("a.csv", bytes).failure())
        .hasMessage(
            "Cannot read %s as csv: the line that begins at byte 0 has more than 16777216 bytes: this is not text in lines",
            batch.uri("a.csv"));
  }

  @Test
  void a_header_is_no_row_and_must_name_the_columns_in_each_object() {
    batch
        .header()
        .landed("a.csv", "\uFEFFn,t\n1,a\n")
        .landed("b.csv", "\n\"n\",t\r\n2,b\n")
        .landed("empty.csv", "");

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(2, 2, 0));
    assertThat(batch.rows()).containsExactly("1|a", "2|b");

    JobFailure failure = batch.landed("c.csv", "T,m\nc,3\n").failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "The header of %s is not what it should be: column n is missing, column m is not expected; it has [T, m] and the columns are [n, t]",
            batch.uri("c.csv"));
    assertThat(failure.objects()).containsExactly(batch.uri("c.csv"));
  }

  @Test
  void columns_are_inferred_where_none_are_declared() {
    batch.input().remove("columns");
    batch
        .header()
        .landed(
            "a.csv", "i,d,b,day,at,s\n1,1,true,2026-11-22,2026-11-22T10:00:00Z,\n2,1.5,false,,,x\n")
        .run();

    assertThat(batch.result().get("schema").findValuesAsText("type"))
        .containsExactly("bigint", "double", "boolean", "date", "timestamp", "string");
    assertThat(batch.result().get("schema").findValuesAsText("name"))
        .containsExactly("i", "d", "b", "day", "at", "s");
    assertThat(batch.result().get("rows").toString())
        .isEqualTo("{\"read\":2,\"written\":2,\"rejected\":0}");
  }

  @Test
  void the_result_shows_the_first_twenty_rejects_shortened() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      rows.append("x").append(i).append("y".repeat(2000)).append('\n');
    }
    batch.landed("a.csv", rows.toString()).run();

    JsonNode rejects = batch.result().get("rejects");
    assertThat(rejects).hasSize(20);
    assertThat(rejects.get(19).get("raw").textValue()).startsWith("x19y").hasSize(1000);
    assertThat(raws()).hasSize(30).allMatch(raw -> raw.length() > 2000);
  }
}
