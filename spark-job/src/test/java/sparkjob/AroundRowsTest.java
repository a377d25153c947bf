package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import contract.JobResult.FailureCause;
import contract.JobResult.Stripped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkjob.failure.JobFailure;

/**
 * What programs put around the rows is removed and reported; what they compressed is decompressed.
 */
class AroundRowsTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void no_objects_yet() {
    batch = new Batch(folder);
  }

  private static Map<String, Long> stripped(JobResult result) {
    return result.details().stripped().stream()
        .collect(Collectors.toMap(Stripped::what, Stripped::times));
  }

  private List<String> types() {
    return batch.result().get("schema").findValuesAsText("type");
  }

  @Test
  void marks_and_headers_of_texts_that_were_put_together_are_no_data() {
    JobResult result =
        batch
            .header()
            .landed("a.csv", "\uFEFFn,id\na,1\n\uFEFFn,id\r\nb,2\nn,id\n\uFEFFc,3\n")
            .run();

    assertThat(batch.rows()).containsExactly("a|1", "b|2", "c|3");
    assertThat(types()).containsExactly("string", "bigint");
    assertThat(result.rows()).isEqualTo(new JobResult.Rows(3, 3, 0));
    assertThat(stripped(result)).isEqualTo(Map.of(Stripped.MARK, 2L, Stripped.HEADER, 2L));
    assertThat(batch.result().get("stripped").get(0).get("uri").textValue())
        .isEqualTo(batch.uri("a.csv"));
  }

  @Test
  void a_mark_before_a_text_or_a_quote_is_no_part_of_it() {
    JobResult result =
        batch
            .columns("n string, id bigint")
            .landed("a.csv", "\uFEFFa,1\n\uFEFFb,2\n\uFEFF\"c\",3\nx\uFEFF,4\n")
            .run();

    assertThat(batch.rows()).containsExactly("a|1", "b|2", "c|3", "x\uFEFF|4");
    assertThat(stripped(result)).isEqualTo(Map.of(Stripped.MARK, 2L));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "json-lines | `{\"n\":1}\n\uFEFF{\"n\":2}\n`",
        "json | `[{\"n\":1}]\n \uFEFF[{\"n\":2}]`",
        "json | `{\"n\":1}\uFEFF{\"n\":2}`",
      })
  void marks_between_json_are_no_data(String format, String text) {
    JobResult result = batch.format(format).columns("n int").landed("a.json", text).run();

    assertThat(batch.rows()).containsExactly("1", "2");
    assertThat(stripped(result)).isEqualTo(Map.of(Stripped.MARK, 1L));
  }

  @Test
  void marks_and_headers_are_found_wherever_a_large_text_is_split() {
    String part = "\uFEFFn,t\n" + "1,xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n".repeat(1_000);
    JobResult result =
        batch
            .header()
            .columns("n int, t string")
            .sql("SELECT SUM(n) FROM landed")
            .landed("a.csv", part.repeat(400))
            .run();

    assertThat(batch.rows()).containsExactly("400000");
    assertThat(result.rows()).isEqualTo(new JobResult.Rows(400_000, 1, 0));
    assertThat(stripped(result)).isEqualTo(Map.of(Stripped.MARK, 399L, Stripped.HEADER, 399L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"sep=;\n", "\uFEFFSEP=;\r\n", "\"sep=;\"\n"})
  void a_line_that_names_the_delimiter_is_no_header_and_no_row(String line) {
    batch.input().put("delimiter", ";");
    JobResult result = batch.header().landed("a.csv", line + "n;t\n1;a\n").run();

    assertThat(batch.rows()).containsExactly("1|a");
    assertThat(types()).containsExactly("bigint", "string");
    assertThat(stripped(result)).isEqualTo(Map.of(Stripped.DELIMITER_LINE, 1L));
  }

  @Test
  void a_line_that_names_another_delimiter_fails_and_says_which() {
    JobFailure failure = batch.columns("n int").landed("a.csv", "sep=;\n1;2\n").failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "Cannot read %s: its first line says that the delimiter is ';', and input.delimiter is ','; set that, or take the line away",
            batch.uri("a.csv"));
  }

  @Test
  void blanks_around_the_names_of_a_header_are_no_part_of_them() {
    JobResult result = batch.header().landed("a.csv", " n, the text ,\"q \"\n1,a,\n").run();
    assertThat(batch.result().get("schema").findValuesAsText("name"))
        .containsExactly("n", "the text", "q");
    assertThat(stripped(result)).isEqualTo(Map.of(Stripped.BLANKS, 1L));

    batch.columns("q string, n int");
    batch.merge().run();
    assertThat(batch.rows()).containsExactly("null|1");
  }

  @Test
  void a_column_without_a_name_is_reported_by_its_place() {
    batch.header().columns("id int, name string").landed("a.csv", "id,name,\n1,a,\n");
    assertThat(batch.failure())
        .hasMessageContaining("column 3, which has no name, is not expected");

    Batch two = new Batch(folder.resolve("two")).header().landed("a.csv", "id,,\n1,a,\n");
    assertThat(two.failure())
        .hasMessage("The header of %s has no name for its columns 2 and 3", two.uri("a.csv"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.csv", "a.csv.GZ", "a.gzip", "a"})
  void gzip_is_read_whatever_its_name_is(String name) {
    batch.header().landed(name, Batch.gzip("n,t\n1,a\n"));

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(1, 1, 0));
    assertThat(batch.rows()).containsExactly("1|a");
  }

  @ParameterizedTest
  @CsvSource({"bzip2, a.csv", "bzip2, a.BZ2", "zstd, a.csv", "zstd, a.zstd"})
  void bzip2_and_zstd_are_read_whatever_their_names_are(String compression, String name)
      throws IOException {
    batch.format("json-lines").columns("n int");
    batch.landed(name, Batch.compressed(compression, "{\"n\":1}\n")).run();

    assertThat(batch.rows()).containsExactly("1");
  }

  @Test
  void a_large_gzip_that_is_named_as_a_text_is_not_split() {
    StringBuilder text = new StringBuilder();
    java.util.Random random = new java.util.Random(1);
    for (int i = 0; i < 800_000; i++) {
      text.append(random.nextLong()).append('\n');
    }
    byte[] gzip = Batch.gzip(text.toString());
    assertThat(gzip.length).isGreaterThan(6 << 20);
    batch.columns("n bigint").sql("SELECT COUNT(*) FROM landed").landed("a.csv", gzip).run();

    assertThat(batch.rows()).containsExactly("800000");
  }

  @Test
  void what_is_no_text_is_reported_as_what_it_is() {
    byte[] zip = "PK\u0003\u0004\u0014".getBytes(StandardCharsets.ISO_8859_1);
    JobFailure failure = batch.columns("n int").landed("a.csv", zip).failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "Cannot read %s as csv: it is a ZIP archive (or a spreadsheet, which is one); the text may be compressed with gzip, bzip2 or zstd",
            batch.uri("a.csv"));
    assertThat(failure.objects()).containsExactly(batch.uri("a.csv"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "csv | `n,t\n007,1.10\n` | 007#1.10",
        "json-lines | `{\"n\":7,\"t\":{\"a\": 1.10}}\n` | 7#{\"a\": 1.10}",
      })
  void all_columns_are_texts_where_nothing_is_to_be_inferred(
      String format, String text, String row) {
    batch.format(format).input().put("infer", "none");
    if (format.equals("csv")) {
      batch.header();
    }
    batch.landed("a", text).run();

    assertThat(types()).containsOnly("string");
    assertThat(batch.rows()).containsExactly(row.replace('#', '|'));
  }
}
