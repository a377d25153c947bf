package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.Column;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkjob.failure.JobFailure;

/** An output that is laid out in folders. */
class FoldersTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void three_columns() {
    batch = new Batch(folder).columns("region string, n int, day date");
  }

  @Test
  void each_value_has_a_folder_and_the_result_lists_every_file_below_it() {
    batch
        .landed("a.csv", "eu,1,2026-11-22\neu,2,2026-11-22\nus,3,2026-11-22\n,4,\n")
        .partitionBy("REGION", "day");

    JobResult result = batch.run();

    assertThat(result.partitionBy()).containsExactly("region", "day");
    assertThat(result.schema())
        .containsExactly(
            new Column("region", "string"), new Column("n", "int"), new Column("day", "date"));
    assertThat(result.files())
        .extracting(
            file -> file.uri().replace(batch.uri("curated"), "").replaceAll("/[^/]*$", ""),
            JobResult.CuratedFile::rows)
        .containsExactly(
            tuple("/region=__HIVE_DEFAULT_PARTITION__/day=__HIVE_DEFAULT_PARTITION__", 1L),
            tuple("/region=eu/day=2026-11-22", 2L),
            tuple("/region=us/day=2026-11-22", 1L));
    assertThat(result.files()).allSatisfy(file -> assertThat(file.size()).isPositive());
    assertThat(batch.rows())
        .containsExactly("1|eu|2026-11-22", "2|eu|2026-11-22", "3|us|2026-11-22", "4|null|null");
  }

  @Test
  void what_an_earlier_try_left_is_gone_with_its_folders() {
    batch.landed("a.csv", "eu,1,2026-11-22\n").partitionBy("day").run();
    batch.partitionBy("region").run();

    assertThat(batch.list("curated"))
        .hasSize(2)
        .allSatisfy(name -> assertThat(name).startsWith("region=eu"));
  }

  @Test
  void values_with_spaces_and_unicode_are_folders_as_they_are() {
    batch.landed("a.csv", " süd-ost & co. \uD83C\uDF3C (1+1),1,\n").partitionBy("region");

    assertThat(batch.run().files())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.uri())
                    .startsWith(
                        batch.uri("curated") + "/region= süd-ost & co. \uD83C\uDF3C (1+1)/"));
  }

  @Test
  void spark_escapes_exactly_the_characters_that_are_documented() {
    List<Integer> escaped =
        IntStream.rangeClosed(0, Character.MAX_VALUE)
            .filter(c -> ExternalCatalogUtils.needsEscaping((char) c))
            .boxed()
            .toList();

    assertThat(escaped)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.concat(
                    IntStream.concat(IntStream.rangeClosed(1, 0x1f), IntStream.of(0x7f)),
                    "\"#%'*/:=?[\\]^{".chars())
                .boxed()
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b", "100%", "a=b", "12:30", "it's", "a\tb", "a#", "a\u0000b"})
  void a_value_that_spark_would_escape_is_user_code_and_named(String value) {
    JobFailure failure =
        batch
            .format("json-lines")
            .landed(
                "a.json",
                "{\"region\": \"%s\", \"n\": 1}"
                    .formatted(value.replace("\t", "\\t").replace("\u0000", "\\u0000")))
            .partitionBy("region")
            .failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure)
        .hasMessageStartingWith(
            "Cannot write the output by output.partitionBy (the pipeline's curated.partition-by): a row has '%s' in the column region",
            value.replaceAll("[\t\u0000]", "\uFFFD"));
    assertThat(batch.list("curated")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "__HIVE_DEFAULT_PARTITION__"})
  void a_text_that_would_come_back_as_null_is_refused(String value) {
    batch.landed("a.csv", "\"%s\",1,\n".formatted(value)).partitionBy("region");

    assertThat(batch.failure())
        .hasMessageContaining("a row has '%s' in the column region", value)
        .hasMessageContaining("NULLIF(region, '%s')", value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM landed | NOPE | the result has no column NOPE; its columns are region, n, day",
        "SELECT region, day FROM landed | region,day | it names every column of the result, and no column is left for the files",
        "SELECT *, n AS N2 FROM landed | n,N | it names the column n twice",
        "SELECT *, CAST(n AS double) AS x FROM landed | x | the column x is double",
        "SELECT *, CAST(n AS decimal(9,7)) AS x FROM landed | x | the column x is decimal(9,7)",
        "SELECT *, CAST(day AS timestamp) AS x FROM landed | x | the column x is timestamp",
        "SELECT *, array(n) AS x FROM landed | x | the column x is array<int>",
      })
  void columns_that_cannot_be_folders_are_user_code_by_name(
      String sql, String columns, String message) {
    JobFailure failure =
        batch
            .landed("a.csv", "eu,1,2026-11-22\n")
            .sql(sql)
            .partitionBy(columns.split(",", -1))
            .failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void every_type_that_can_be_a_folder_is_written_plain() {
    batch
        .landed("a.csv", "eu,1,2026-11-22\n")
        .sql(
            "SELECT n, -7L AS `big one`, CAST(1.5 AS decimal(10,2)) AS `a.b`, CAST(0 AS decimal(38,6)) AS d, true AS `q``q`, n AS `x=/y` FROM landed")
        .partitionBy("big one", "A.B", "d", "q`q", "x=/y");

    assertThat(batch.run().files())
        .singleElement()
        .satisfies(
            file ->
                assertThat(file.uri())
                    .contains("/curated/big one=-7/a.b=1.50/d=0.000000/q`q=true/x%3D%2Fy=1/"));
  }

  @Test
  void each_folder_has_at_most_the_requested_number_of_files() {
    batch
        .landed("a.csv", "eu,1,\nus,2,\n".repeat(500))
        .sql("SELECT region, n FROM landed")
        .partitionBy("region")
        .files(2);
    assertThat(batch.run().files()).hasSizeBetween(2, 4);

    ObjectNode output = (ObjectNode) batch.job().get("output");
    output.remove("files");
    output.put("targetFileBytes", 128 << 20);
    assertThat(batch.run().files()).hasSize(2);
  }

  @Test
  void no_rows_make_no_folder() {
    batch.landed("a.csv", "eu,1,\n").sql("SELECT * FROM landed WHERE n > 1").partitionBy("region");

    JobResult result = batch.run();

    assertThat(result.files()).isEmpty();
    assertThat(result.partitionBy()).containsExactly("region");
    assertThat(batch.list("curated")).isEmpty();
  }
}
