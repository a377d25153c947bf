package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No value is changed in silence: it is what was written, or its row is rejected. */
class ExactValuesTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void no_objects_yet() {
    batch = new Batch(folder);
  }

  private List<String> reasons() {
    return batch.rejected().stream().map(row -> row.get("reason").textValue()).toList();
  }

  private List<String> types() {
    return batch.result().get("schema").findValuesAsText("type");
  }

  /** Numbers that are written in a column, and its type. */
  private record Written(String type, List<String> numbers) {
    /** A column has as many rows as any other. */
    String number(int row) {
      return numbers.get(Math.min(row, numbers.size() - 1));
    }
  }

  @Test
  void an_inferred_type_gives_back_each_number_that_was_written() {
    List<Written> columns =
        List.of(
            new Written(
                "decimal(38,0)", List.of("12345678901234567890", "12345678901234567891", "7")),
            new Written("bigint", List.of("9223372036854775807", "-9223372036854775808")),
            new Written("decimal(38,0)", List.of("9223372036854775808", "1")),
            new Written("decimal(38,0)", List.of("10000000000000000000", "1")),
            new Written("decimal(38,1)", List.of("9223372036854775807", "1.5")),
            new Written("decimal(38,1)", List.of("9007199254740993", "0.5")),
            new Written("decimal(38,2)", List.of("100000000000000000.01", "2")),
            new Written("double", List.of("0.1", "3", "1e300")),
            new Written("decimal(38,19)", List.of("0.1234567890123456789", "1")),
            new Written("string", List.of("1e400", "1")),
            new Written("string", List.of("1e-400", "1")),
            new Written("string", List.of("123456789012345678901234567890123456789", "1")),
            new Written("string", List.of("1234567890123456789012345.12345678901234", "1")));
    List<String> types = columns.stream().map(Written::type).toList();
    StringBuilder csv = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    csv.append(each(columns, i -> "n" + (char) ('a' + i))).append('\n');
    for (int row = 0; row < 3; row++) {
      int here = row;
      csv.append(each(columns, i -> columns.get(i).number(here))).append('\n');
      lines
          .append('{')
          .append(
              each(
                  columns,
                  i -> "\"n%c\": %s".formatted((char) ('a' + i), columns.get(i).number(here))))
          .append("}\n");
    }

    batch.header().landed("a.csv", csv.toString()).run();
    Batch json = new Batch(folder.resolve("json")).format("json-lines");
    json.landed("a.json", lines.toString()).run();

    assertThat(types()).isEqualTo(types);
    assertThat(json.result().get("schema").findValuesAsText("type")).isEqualTo(types);
    assertThat(batch.rejected()).isEmpty();
    assertThat(json.rejected()).isEmpty();
    assertThat(json.rows()).isEqualTo(batch.rows()).hasSize(3);
    for (int i = 0; i < columns.size(); i++) {
      int column = i;
      if (types.get(i).equals("string") || types.get(i).equals("decimal(38,0)")) {
        assertThat(batch.rows().stream().map(row -> row.split("\\|", -1)[column]).distinct())
            .containsExactlyInAnyOrderElementsOf(columns.get(i).numbers());
      }
    }
  }

  private static String each(List<Written> columns, IntFunction<String> text) {
    return IntStream.range(0, columns.size()).mapToObj(text).collect(Collectors.joining(","));
  }

  @Test
  void two_ids_that_a_double_takes_for_one_stay_two() {
    batch
        .header()
        .sql("SELECT COUNT(DISTINCT id) AS n FROM landed")
        .landed("a.csv", "id\n12345678901234567890\n")
        .landed("b.csv", "id\n12345678901234567891\n")
        .run();

    assertThat(batch.rows()).containsExactly("2");
  }

  @Test
  void a_leading_zero_or_plus_is_part_of_a_key_and_not_of_a_number() {
    batch
        .header()
        .landed(
            "a.csv",
            "zip,q,phone,minus,n,f\n00501,\"007\",+491701234567,-01,0,0.50\n10115,\"008\",+491701234568,-2,-7,-0.25\n")
        .run();

    assertThat(types()).containsExactly("string", "string", "string", "string", "bigint", "double");
    assertThat(batch.rows())
        .containsExactly(
            "00501|007|+491701234567|-01|0|0.5", "10115|008|+491701234568|-2|-7|-0.25");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "double | 1e400 | it is beyond the range of a double",
        "double | -1e-400 | it is beyond the range of a double",
        "float | 1e39 | it is beyond the range of a float",
        "float | 1e-46 | it is beyond the range of a float",
      })
  void a_number_beyond_its_type_is_rejected_instead_of_becoming_infinity_or_zero(
      String type, String number, String why) {
    batch.columns("n " + type).landed("a.csv", number + "\n0e-999\n0.000\n").run();
    assertThat(reasons())
        .containsExactly(
            "column n is declared %s and holds \"%s\": %s".formatted(type, number, why));
    assertThat(batch.rows()).containsExactly("0.0", "0.0");

    Batch json = new Batch(folder.resolve("json")).format("json-lines").columns("n " + type);
    json.landed("a.json", "{\"n\": " + number + "}\n").run();
    assertThat(json.rejected().get(0).get("reason").textValue())
        .isEqualTo("column n is declared %s and holds %s: %s".formatted(type, number, why));
  }

  @Test
  void infinity_and_nan_have_the_same_spellings_in_csv_and_in_json() {
    List<String> spellings =
        List.of("NaN", "Infinity", "+Infinity", "-Infinity", "Inf", "+Inf", "-Inf");
    List<String> others = List.of("nan", "inf", "INF", "xInfinity", "1Infinity", "-NaN", "∞");
    batch.columns("n double, f float");
    Batch json =
        new Batch(folder.resolve("json")).format("json-lines").columns("n double, f float");
    StringBuilder csv = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (List<String> texts : List.of(spellings, others)) {
      for (String text : texts) {
        csv.append(text).append(',').append(text).append('\n');
        lines.append("{\"n\": \"%s\", \"f\": \"%s\"}%n".formatted(text, text));
      }
    }
    batch.landed("a.csv", csv.toString()).run();
    json.landed("a.json", lines.toString()).run();

    assertThat(batch.rows())
        .containsExactly(
            "-Infinity|-Infinity",
            "-Infinity|-Infinity",
            "Infinity|Infinity",
            "Infinity|Infinity",
            "Infinity|Infinity",
            "Infinity|Infinity",
            "NaN|NaN")
        .isEqualTo(json.rows());
    assertThat(batch.rejected()).hasSameSizeAs(others).hasSameSizeAs(json.rejected());
  }

  @Test
  void a_time_that_would_be_cut_or_that_snowflake_need_not_take_is_rejected() {
    String digits = "a timestamp has up to six digits of a second";
    String years = "years go from 0001 to 9999 (in UTC)";
    List<List<String>> times =
        List.of(
            List.of("timestamp", "2026-01-01T00:00:00.123456789Z", digits),
            List.of("timestamp_ntz", "2026-01-01T00:00:00.1234567", digits),
            List.of("date", "+12345-01-01", years),
            List.of("date", "0000-01-01", years),
            List.of("date", "-0001-01-01", years),
            List.of("timestamp", "+12345-01-01T00:00:00", years),
            List.of("timestamp", "9999-12-31T23:59:59-05:00", years),
            List.of("timestamp", "0000-01-01T00:00:00", years));
    String columns = "a_timestamp timestamp, a_timestamp_ntz timestamp_ntz, a_date date";
    List<String> types = List.of("timestamp", "timestamp_ntz", "date");
    StringBuilder csv = new StringBuilder();
    StringBuilder lines = new StringBuilder();
    for (List<String> time : times) {
      csv.append(
          types.stream()
              .map(type -> type.equals(time.get(0)) ? time.get(1) : "")
              .collect(Collectors.joining(",", "", "\n")));
      lines.append("{\"a_%s\": \"%s\"}%n".formatted(time.get(0), time.get(1)));
    }

    batch.columns(columns).landed("a.csv", csv.toString()).run();
    Batch json = new Batch(folder.resolve("json")).format("json-lines").columns(columns);
    json.landed("a.json", lines.toString()).run();

    assertThat(reasons())
        .containsExactlyInAnyOrderElementsOf(
            times.stream()
                .map(
                    time ->
                        "column a_%s is declared %s and holds \"%s\": %s"
                            .formatted(time.get(0), time.get(0), time.get(1), time.get(2)))
                .toList());
    assertThat(json.rejected())
        .hasSameSizeAs(times)
        .allSatisfy(
            row ->
                assertThat(row.get("reason").textValue())
                    .satisfiesAnyOf(
                        reason -> assertThat(reason).endsWith(digits),
                        reason -> assertThat(reason).endsWith(years)));
    assertThat(batch.list("curated")).isEmpty();
    assertThat(json.list("curated")).isEmpty();
  }

  @Test
  void the_first_and_the_last_time_and_digits_that_are_zeros_are_read_as_they_are() {
    batch
        .columns("d date, t timestamp")
        .sql("SELECT CAST(d AS STRING), CAST(t AS STRING) FROM landed")
        .landed(
            "a.csv",
            "9999-12-31,9999-12-31T23:59:59.999999\n0001-01-01,0001-01-01T00:00:00.123456000Z\n")
        .run();

    assertThat(batch.rows())
        .containsExactly(
            "0001-01-01|0001-01-01 00:00:00.123456", "9999-12-31|9999-12-31 23:59:59.999999");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01T00:00:00.1234567Z", "+12345-01-01", "0000-01-01T00:00:00"})
  void a_time_that_no_type_holds_is_inferred_as_a_text(String written) {
    batch.header().landed("a.csv", "t\n" + written + "\n").run();

    assertThat(types()).containsExactly("string");
    assertThat(batch.rows()).containsExactly(written);
  }

  @Test
  void json_that_is_kept_as_text_is_kept_as_it_came() {
    String nested =
        "{\"price\":1.10, \"pi\": 3.14159265358979323846,\t\"x\":1e400,\"é\":[ \"\\u00e9\" ]}";
    batch
        .format("json-lines")
        .columns("a string, b string, c array<string>, d map<string,string>")
        .landed(
            "a.json",
            "{\"b\":1.10,\"c\":[{\"y\" : 1.0},-0.0,[ ]],  \"a\": "
                + nested
                + " ,\"d\":{\"k\":{ }}}\n");
    batch.sql("SELECT a, b, c[0], c[1], c[2], d['k'] FROM landed").run();

    assertThat(batch.rows()).containsExactly(nested + "|1.10|{\"y\" : 1.0}|-0.0|[ ]|{ }");
  }

  @ParameterizedTest
  @ValueSource(strings = {"json-lines", "json"})
  void json_text_is_kept_as_it_came_wherever_its_record_begins(String format) {
    String row = "{\"n\": %d, \"a\": {\"i\" : %d.0}}%n";
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      rows.append(row.formatted(i, i));
    }
    batch
        .format(format)
        .columns("n int, a string")
        .sql("SELECT COUNT(*) FROM landed WHERE a = '{\"i\" : ' || n || '.0}'")
        .landed("a.json", rows.toString())
        .run();

    assertThat(batch.rows()).containsExactly("40000");
  }

  @Test
  void half_of_a_character_is_rejected_and_never_becomes_another() {
    List<String> lines =
        List.of(
            "{\"a\":\"\\ud83d\"}",
            "{\"a\":\"x\\uD83D\\u0041\"}",
            "{\"a\":\"\\ude00\\ud83d\"}",
            "{\"a\":{\"b\":\"\\ud83d\\\\ude00\"}}",
            "{\"other\":\"\\ud83d\"}",
            "{\"\\udead\":1}");
    batch
        .format("json-lines")
        .columns("a string")
        .landed("a.json", String.join("\n", lines) + "\n{\"a\":\"\\ud83d\\ude00 \\\\ud83d\"}\n")
        .run();

    assertThat(batch.rows()).containsExactly("😀 \\ud83d");
    assertThat(reasons())
        .hasSameSizeAs(lines)
        .allSatisfy(reason -> assertThat(reason).contains("which is half of a character"));
  }

  @Test
  void a_member_that_its_object_has_twice_is_rejected_by_name() {
    Map<String, String> members =
        Map.of(
            "{\"a\":1,\"a\":2}", "a",
            "{\"a\":1,\"\\u0061\":2}", "a",
            "{\"b\":{\"a\":1,\"a\":2}}", "b.a",
            "{\"m\":{\"k\":1,\"k\":2}}", "m.k",
            "{\"l\":[0,{\"a\":1,\"a\":2}]}", "l.1.a",
            "{\"t\":{\"x\":{\"a\":1,\"a\":2}}}", "t.x.a",
            "{\"other\":{\"a\":1,\"a\":2}}", "other.a");
    List<String> reasons =
        members.values().stream()
            .map(member -> "the member " + member + " is there twice in its object")
            .toList();
    batch
        .format("json-lines")
        .columns("a int, b struct<a:int>, m map<string,int>, l array<string>, t string")
        .landed("a.json", String.join("\n", members.keySet()) + "\n{\"a\":3}\n")
        .run();
    assertThat(reasons()).containsExactlyInAnyOrderElementsOf(reasons);
    assertThat(batch.rows()).containsExactly("3|null|null|null|null");

    Batch inferred = new Batch(folder.resolve("inferred")).format("json");
    inferred.landed("a.json", "[" + String.join(",", members.keySet()) + ", {\"a\":3}]").run();
    assertThat(inferred.rejected())
        .extracting(row -> row.get("reason").textValue())
        .containsExactlyInAnyOrderElementsOf(reasons);
    assertThat(inferred.rows()).containsExactly("3");

    Batch alone = new Batch(folder.resolve("alone")).format("json-lines").maxRatio(0);
    alone.landed("a.json", String.join("\n", members.keySet()) + "\n");
    assertThat(alone.failure().objects()).containsExactly(alone.uri("a.json"));
    assertThat(alone.result().get("rejects"))
        .extracting(reject -> reject.get("reason").textValue())
        .containsExactlyInAnyOrderElementsOf(reasons);
  }

  @Test
  void members_that_differ_in_case_only_and_empty_objects_are_kept_as_text() {
    batch
        .format("json-lines")
        .landed(
            "a.json",
            "{\"o\": {\"Name\": \"x\", \"name\": 1}, \"e\": {}, \"l\": [{ }, {}], \"s\": {\"e\": {}}}\n")
        .sql("SELECT e, l[0], l[1], o, s.e AS nested FROM landed")
        .run();

    assertThat(batch.rows()).containsExactly("{}|{ }|{}|{\"Name\": \"x\", \"name\": 1}|{}");
  }

  @Test
  void declared_members_that_differ_in_case_only_are_refused() {
    batch
        .format("json-lines")
        .columns("o array<struct<Name:int,name:int>>")
        .landed("a.json", "{}\n");

    assertThat(batch.failure())
        .hasMessageContaining("input.columns[0].type of the column o")
        .hasMessageEndingWith("declare it string");
  }

  @Test
  void values_of_different_kinds_are_kept_as_text() {
    batch
        .format("json-lines")
        .landed(
            "a.json", "{\"a\": 1.10}\n{\"a\": {\"b\": 1.10}}\n{\"a\": \"x\"}\n{\"a\": [ 2 ]}\n{}\n")
        .run();

    assertThat(types()).containsExactly("string");
    assertThat(batch.rows()).containsExactly("1.10", "[ 2 ]", "null", "x", "{\"b\": 1.10}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "json | {} | 1",
        "json | [] | 0",
        "json | [{}, {}] | 2",
        "json | `` | 0",
        "json-lines | {} | 1",
        "json-lines | `` | 0",
        "csv | `` | 0",
      })
  void objects_without_any_column_have_no_data_and_are_no_failure(
      String format, String text, long read) {
    batch.format(format).header();
    if (!format.equals("csv")) {
      batch.input().remove("header");
    }
    JobResult result =
        batch.sql("SELECT id FROM landed").maxRatio(0).landed("a", text).landed("b", "").run();

    assertThat(result.rows()).isEqualTo(new JobResult.Rows(read, 0, 0));
    assertThat(batch.list("curated")).isEmpty();
    assertThat(batch.result().get("status").textValue()).isEqualTo("SUCCEEDED");
  }
}
