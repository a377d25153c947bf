package curated;

import static org.assertj.core.api.Assertions.assertThat;

import contract.Column;
import contract.JobResult;
import contract.JobResult.CuratedFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import testing.Iris;
import testing.Lake;

/** The result that is made of what steps wrote, against the stand-in's S3. */
class WrittenFilesTest {

  private static Lake lake;

  @BeforeAll
  static void start() {
    lake = Lake.shared();
  }

  @Test
  void names_and_footers_make_the_result_and_hidden_names_are_passed_over() {
    RunPaths paths = paths("plain");
    byte[] one = put(paths, "part-0.parquet", "SELECT 1 AS a, 'x' AS b");
    put(paths, "part-1.parquet", "SELECT * FROM (VALUES (1, 'x'), (2, 'y')) t(a, b)");
    put(paths, "_temporary/0/part-2.parquet", "SELECT 1 AS other");
    put(paths, ".part-3.parquet", "SELECT 1 AS other");
    lake.put(paths.outputPrefix(1) + "_SUCCESS", new byte[0]);

    JobResult result = result(paths, Map.of());

    assertThat(result.status()).isEqualTo(JobResult.Status.SUCCEEDED);
    assertThat(result.run()).isEqualTo(Iris.RUN.value());
    assertThat(result.schema()).containsExactly(new Column("a", "int"), new Column("b", "string"));
    assertThat(result.rows()).isEqualTo(new JobResult.Rows(3, 3, 0));
    assertThat(result.files())
        .hasSize(2)
        .contains(new CuratedFile(out(paths) + "part-0.parquet", one.length, 1));
    assertThat(result.partitionBy()).isEmpty();
  }

  @Test
  void folders_are_columns_as_they_call_themselves_and_of_the_type_that_is_declared() {
    RunPaths paths = paths("folders", "REGION", "day");
    put(paths, "region=eu/day=2026-11-22/a.parquet", "SELECT 1 AS a");
    put(paths, "region=us/day=__HIVE_DEFAULT_PARTITION__/a.parquet", "SELECT 1 AS a");

    JobResult result = result(paths, Map.of("day", "date"));

    assertThat(result.failure()).isEmpty();
    assertThat(result.partitionBy()).containsExactly("region", "day");
    assertThat(result.schema())
        .containsExactly(
            new Column("a", "int"), new Column("region", "string"), new Column("day", "date"));
  }

  @Test
  void a_footer_that_is_longer_than_a_file_s_last_64_kib_is_read_whole() {
    RunPaths paths = paths("long");
    String columns =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "1 AS a_column_with_quite_a_long_name_%d".formatted(i))
            .collect(Collectors.joining(", "));
    byte[] file = put(paths, "wide.parquet", "SELECT " + columns);
    assertThat(ParquetFooter.length(file, file.length)).isGreaterThan(64 << 10);

    assertThat(result(paths, Map.of()).schema()).hasSize(1_000);
  }

  @Test
  void steps_that_wrote_nothing_at_all_fail() {
    assertThat(result(paths("nowhere"), Map.of()).failure())
        .hasValueSatisfying(
            failure -> assertThat(failure.message()).contains("wrote nothing below", "{output}"));
  }

  @Test
  void a_mark_of_success_without_files_is_no_row_and_no_failure() {
    RunPaths paths = paths("nothing");
    lake.put(paths.outputPrefix(1) + "_SUCCESS", new byte[0]);

    JobResult result = result(paths, Map.of());

    assertThat(result.failure()).isEmpty();
    assertThat(result.rows().written()).isZero();
    assertThat(result.files()).isEmpty();
  }

  @Test
  void files_with_other_columns_are_the_steps_fault_and_both_are_named() {
    RunPaths paths = paths("differ");
    put(paths, "a.parquet", "SELECT 1 AS a");
    put(paths, "b.parquet", "SELECT 'x' AS a");

    assertThat(failure(paths))
        .isEqualTo(
            "The files %sa.parquet and %sb.parquet do not have the same columns: a int and a string"
                .formatted(out(paths), out(paths)));
  }

  @Test
  void what_is_no_parquet_is_the_steps_fault_and_named() {
    RunPaths garbage = paths("garbage");
    lake.put(garbage.outputPrefix(1) + "a.parquet", bytes("nonsense nonsense"));
    RunPaths empty = paths("empty");
    lake.put(empty.outputPrefix(1) + "a.parquet", new byte[0]);
    RunPaths text = paths("text");
    lake.put(text.outputPrefix(1) + "part-0.csv", bytes("1"));

    assertThat(failure(garbage))
        .isEqualTo(
            "The file %sa.parquet is no Parquet file, or a truncated one".formatted(out(garbage)));
    assertThat(failure(empty)).endsWith("a.parquet is no Parquet file: it has 0 bytes");
    assertThat(failure(text))
        .isEqualTo(
            "The steps wrote 1 files and none whose name ends with .parquet, for instance %spart-0.csv"
                .formatted(out(text)));
  }

  @Test
  void folders_that_the_table_could_not_read_back_are_the_steps_fault() {
    RunPaths unnamed = paths("unnamed");
    put(unnamed, "day=1/a.parquet", "SELECT 1 AS a");
    RunPaths missing = paths("missing", "day");
    put(missing, "a.parquet", "SELECT 1 AS a");
    RunPaths escaped = paths("escaped", "day");
    put(escaped, "day=a%2Fb/a.parquet", "SELECT 1 AS a");
    RunPaths twice = paths("twice", "day");
    put(twice, "day=1/a.parquet", "SELECT 1 AS day");
    RunPaths typed = paths("typed", "day");
    put(typed, "day=soon/a.parquet", "SELECT 1 AS a");

    assertThat(failure(unnamed)).contains("columns [day], and curated.partition-by names []");
    assertThat(failure(missing)).contains("columns [], and curated.partition-by names [day]");
    assertThat(failure(escaped)).contains("day=a%2Fb, whose value cannot be read back");
    assertThat(failure(twice)).contains("The column day is a folder and also in the file");
    assertThat(result(typed, Map.of("day", "date")).failure().orElseThrow().message())
        .contains("lies in the folder day=soon, which is no date");
  }

  private static byte[] put(RunPaths paths, String name, String select) {
    byte[] parquet = Lake.parquet(select);
    lake.put(paths.outputPrefix(1) + name, parquet);
    return parquet;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String out(RunPaths paths) {
    return paths.uri(paths.outputPrefix(1));
  }

  private static String failure(RunPaths paths) {
    return result(paths, Map.of()).failure().orElseThrow().message();
  }

  private static JobResult result(RunPaths paths, Map<String, String> declared) {
    return new WrittenFiles(lake.s3(), new ParquetReader(lake.s3())).result(paths, 1, declared);
  }

  private static RunPaths paths(String pipeline, String... partitionBy) {
    return new RunPaths(
        pipeline,
        new CuratedSettings(
            "curated",
            "written-files/" + pipeline + "/",
            Optional.empty(),
            Optional.empty(),
            List.of(partitionBy),
            Optional.empty()),
        Iris.RUN);
  }
}
