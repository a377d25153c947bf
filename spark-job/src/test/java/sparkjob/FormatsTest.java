package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import contract.JobResult.FailureCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sparkjob.failure.JobFailure;

/** The formats beside plain CSV. */
class FormatsTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void no_objects_yet() {
    batch = new Batch(folder);
  }

  private List<String> reasons() {
    return batch.rejected().stream().map(row -> row.get("reason").textValue()).toList();
  }

  @Test
  void gzip_is_recognised_by_the_ending_of_the_name() {
    byte[] two = new byte[0];
    for (String part : List.of("1,a\n", "2,b\n")) {
      byte[] member = Batch.gzip(part);
      two = Arrays.copyOf(two, two.length + member.length);
      System.arraycopy(member, 0, two, two.length - member.length, member.length);
    }
    batch.columns("n int, t string").landed("two-members.csv.gz", two).landed("empty.gz", "");

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(2, 2, 0));
    assertThat(batch.rows()).containsExactly("1|a", "2|b");
  }

  @Test
  void a_gz_that_is_no_gzip_or_is_cut_fails_and_is_named() {
    batch.columns("n int, t string").landed("a.csv.gz", "1,a\n2,b\n");
    JobFailure failure = batch.failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "Cannot read "
                + batch.uri("a.csv.gz")
                + " as csv in gzip: it does not begin as gzip does");
    assertThat(failure.objects()).containsExactly(batch.uri("a.csv.gz"));

    byte[] whole = Batch.gzip("1,a\n".repeat(10_000));
    Batch cut =
        new Batch(folder.resolve("cut"))
            .columns("n int, t string")
            .landed("b.csv.gz", Arrays.copyOf(whole, whole.length / 2));
    assertThat(cut.failure())
        .hasMessageStartingWith("Cannot read " + cut.uri("b.csv.gz") + " as csv in gzip: ");
  }

  @ParameterizedTest
  @CsvSource({"bz2, bzip2", "zst, zstd"})
  void bzip2_and_zstd_are_recognised_as_gzip_is(String ending, String compression)
      throws IOException {
    byte[] first = Batch.compressed(compression, "1,a\n");
    byte[] second = Batch.compressed(compression, "2,b\n".repeat(100_000));
    byte[] two = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, two, first.length, second.length);
    batch.columns("n int, t string").landed("two." + ending, two).landed("empty." + ending, "");

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(100_001, 100_001, 0));

    for (byte[] wrong : List.of("1,a\n".getBytes(StandardCharsets.UTF_8), cut(first), cut(two))) {
      Batch bad = new Batch(Files.createTempDirectory(folder, "bad"));
      bad.columns("n int, t string").landed("a." + ending, wrong);
      JobFailure failure = bad.failure();
      assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
      assertThat(failure)
          .hasMessageStartingWith(
              "Cannot read " + bad.uri("a." + ending) + " as csv in " + compression + ": ");
    }
  }

  @Test
  void damaged_bzip2_fails_and_is_named() throws IOException {
    byte[] damaged = Batch.compressed("bzip2", "1,a\n2,b\n".repeat(1_000));
    Arrays.fill(damaged, damaged.length / 2, damaged.length / 2 + 8, (byte) 0x55);

    assertThat(batch.columns("n int, t string").landed("a.bz2", damaged).failure())
        .hasMessageStartingWith("Cannot read " + batch.uri("a.bz2") + " as csv in bzip2: ");
  }

  private static byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, whole.length - 5);
  }

  @Test
  void json_lines_with_nested_values_pass_through() {
    batch
        .format("json-lines")
        .columns(
            "id bigint, tags array<string>, at struct<lat:double>, more map<string,int>, raw string")
        .landed(
            "a.json",
            "\uFEFF{\"id\": 1, \"tags\": [\"x\", null], \"at\": {\"lat\": 1.5, \"lon\": 2}, \"more\": {\"k\": 7}, \"raw\": {\"a\": [1]}, \"other\": 0}\r\n\n{\"id\": 2}\n")
        .sql("SELECT id, to_json(named_struct('t', tags, 'a', at, 'm', more)), raw FROM landed")
        .run();

    assertThat(batch.rows())
        .containsExactly(
            "1|{\"t\":[\"x\",null],\"a\":{\"lat\":1.5},\"m\":{\"k\":7}}|{\"a\": [1]}", "2|{}|null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"n\": \"5\"}; column n is declared int and holds \"5\"",
        "{\"n\": 5000000000}; column n is declared int and holds 5000000000",
        "{\"n\": 1.5}; column n is declared int and holds 1.5",
        "{\"n\": {\"a\": 1}}; column n is declared int and holds an object",
        "{\"s\": {\"d\": \"2026-02-30\"}}; column s.d is declared date and holds \"2026-02-30\"",
        "{\"n\": 1} {\"n\": 2}; something follows the JSON object on its line",
        "[{\"n\": 1}]; the line is not a JSON object",
        "{\"n\": 1; the line is not JSON: Unexpected end-of-input",
      })
  void a_json_line_that_does_not_fit_is_rejected_by_name(String line, String reason) {
    batch
        .format("json-lines")
        .columns("n int, s struct<d:date>")
        .landed("a.json", line + "\n")
        .run();

    assertThat(reasons()).singleElement().asString().startsWith(reason);
    assertThat(batch.rejected().get(0).get("raw").textValue()).isEqualTo(line);
  }

  @Test
  void json_columns_are_inferred_and_distinguished_by_case() {
    batch
        .format("json-lines")
        .landed("a.json", "{\"a\": 1, \"A\": \"x\"}\n{\"a\": 2.5, \"b\": [true]}\nbad\n")
        .run();

    assertThat(batch.result().get("schema").toString())
        .isEqualTo(
            "[{\"name\":\"A\",\"type\":\"string\"},{\"name\":\"a\",\"type\":\"double\"},{\"name\":\"b\",\"type\":\"array<boolean>\"}]");
    assertThat(batch.result().get("rows").toString())
        .isEqualTo("{\"read\":3,\"written\":2,\"rejected\":1}");
  }

  private byte[] parquet(String sql) throws IOException {
    Path made = Files.createTempDirectory(folder, "made").resolve("parquet");
    LocalSpark.session().sql(sql).coalesce(1).write().parquet("file://" + made);
    try (var files = Files.list(made)) {
      return Files.readAllBytes(
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow());
    }
  }

  @Test
  void parquet_is_read_with_declared_columns_or_all() throws IOException {
    byte[] first = parquet("SELECT 1 AS n, 'a' AS t, array(named_struct('x', 1L)) AS deep");
    byte[] second = parquet("SELECT 2 AS n, 'b' AS t, array(named_struct('x', 2L)) AS deep");
    batch.format("parquet").landed("a/k=1/a [1]*.parquet", first).landed("b", second);

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(2, 2, 0));
    assertThat(batch.result().get("schema").findValuesAsText("type"))
        .containsExactly("int", "string", "array<struct<x:bigint>>");

    batch.columns("t string").run();
    assertThat(batch.rows()).containsExactly("a", "b");
  }

  @Test
  void parquet_objects_stay_whole_where_there_are_enough_of_them_for_the_files()
      throws IOException {
    batch.format("parquet").files(2);
    for (int object = 1; object <= 4; object++) {
      batch.landed("o" + object, parquet("SELECT id, %d AS o FROM range(100)".formatted(object)));
    }

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(400, 400, 0));
    assertThat(objectsByFile()).hasSize(2).allMatch(objects -> objects.size() == 2);
    assertThat(objectsByFile().stream().flatMap(List::stream))
        .containsExactlyInAnyOrder(1, 2, 3, 4);

    batch.sql("SELECT o, COUNT(*) AS rows FROM landed GROUP BY o").run();
    assertThat(batch.rows()).containsExactly("1|100", "2|100", "3|100", "4|100");
  }

  @Test
  void parquet_objects_that_are_empty_or_of_different_size_give_as_many_files_all_the_same()
      throws IOException {
    batch
        .format("parquet")
        .files(2)
        .landed("large", parquet("SELECT id, 1 AS o FROM range(1000)"))
        .landed("small", parquet("SELECT id, 2 AS o FROM range(10)"))
        .landed("none", parquet("SELECT id, 3 AS o FROM range(0)"));

    assertThat(batch.run().files())
        .extracting(JobResult.CuratedFile::rows)
        .hasSize(2)
        .allMatch(rows -> rows > 400);
  }

  /** Which objects the rows of each curated file are from. */
  private List<List<Integer>> objectsByFile() {
    return batch.list("curated").stream()
        .map(file -> LocalSpark.session().read().parquet(batch.uri("curated/" + file)))
        .map(rows -> rows.select("o").distinct().as(Encoders.INT()).collectAsList())
        .toList();
  }

  @Test
  void parquet_with_other_columns_fails_and_is_named() throws IOException {
    batch
        .format("parquet")
        .columns("n int, t string")
        .landed("a.parquet", parquet("SELECT 1 AS n, 'a' AS t"))
        .landed("b.parquet", parquet("SELECT 2L AS n"));

    JobFailure failure = batch.failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "The columns of %s are not as they should be: column n must be int and it is bigint, column t must be string and there is none",
            batch.uri("b.parquet"));

    batch.input().remove("columns");
    assertThat(batch.failure().objects()).containsExactly(batch.uri("b.parquet"));
  }

  @Test
  void parquet_with_other_columns_is_merged_by_name() throws IOException {
    batch
        .format("parquet")
        .merge()
        .landed("a", parquet("SELECT 1 AS n, 1.5BD AS d, named_struct('x', 1) AS s, 1 AS gone"))
        .landed("b", parquet("SELECT 'b' AS t, 2L AS N, 10 AS d"))
        .landed("c", parquet("SELECT array('k') AS l, named_struct('y', 'q', 'x', 3L) AS s"));

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(3, 3, 0));
    assertThat(batch.result().get("schema").findValuesAsText("name"))
        .containsExactly("n", "d", "s", "gone", "t", "l");
    assertThat(batch.result().get("schema").findValuesAsText("type"))
        .containsExactly(
            "bigint",
            "decimal(11,1)",
            "struct<x:bigint,y:string>",
            "int",
            "string",
            "array<string>");
    assertThat(batch.rows().stream().map(row -> row.replaceAll("[A-Za-z]+\\((\\w)\\)", "[$1]")))
        .containsExactly(
            "1|1.5|[1,null]|1|null|null",
            "2|10.0|null|null|b|null",
            "null|null|[3,q]|null|null|[k]");

    batch.columns("t string, n bigint, d decimal(12,2)").run();
    assertThat(batch.rows()).containsExactly("b|2|10.00", "null|1|1.50", "null|null|null");
  }

  @Test
  void parquet_whose_types_no_type_holds_is_not_merged_and_both_objects_are_named()
      throws IOException {
    batch
        .format("parquet")
        .merge()
        .landed("a", parquet("SELECT 1L AS n"))
        .landed("b", parquet("SELECT 'x' AS n"));

    JobFailure failure = batch.failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "The columns of %s cannot be merged: column n is string, and in %s it is bigint",
            batch.uri("b"), batch.uri("a"));
    assertThat(failure.objects()).containsExactly(batch.uri("a"), batch.uri("b"));

    batch.columns("n int");
    assertThat(batch.failure())
        .hasMessage(
            "The columns of %s cannot be merged: column n is bigint, and is declared int",
            batch.uri("a"));
  }

  @Test
  void what_is_no_parquet_fails_and_is_named() throws IOException {
    byte[] damaged = parquet("SELECT id AS n, CAST(id AS STRING) AS t FROM range(1000)");
    batch.format("parquet").landed("a.parquet", "1,a\n".getBytes(StandardCharsets.UTF_8));
    assertThat(batch.failure())
        .hasMessageStartingWith("Cannot read " + batch.uri("a.parquet") + " as parquet: ");

    Arrays.fill(damaged, 4, damaged.length / 2, (byte) 0xFF);
    Batch second =
        new Batch(folder.resolve("second")).format("parquet").landed("a b.parquet", damaged);
    JobFailure failure = second.failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessageStartingWith(
            "Cannot read " + second.uri("a b.parquet") + " as parquet: its content is damaged: ");
  }
}
