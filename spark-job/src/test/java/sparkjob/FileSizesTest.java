package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output whose files are to be of a size: as few as that needs, and none far from it. */
@Tag("full")
class FileSizesTest {
  private static final long TARGET = 256 << 10;

  @TempDir Path folder;

  @Test
  void rows_that_shrink_in_parquet_make_files_of_the_size_all_the_same() {
    Batch batch =
        landed("n int, a string, b string", 400_000, i -> i + ",the same text,another of few");

    List<JobResult.CuratedFile> files = batch.run().files();

    mustBeOfTheTarget(files);
    mustBeAllThereIs(batch, files, 400_000);
  }

  @Test
  void rows_that_do_not_shrink_make_files_of_the_size() {
    Random random = new Random(1);
    Batch batch =
        landed("n int, t string", 100_000, i -> i + "," + Long.toHexString(random.nextLong()));

    List<JobResult.CuratedFile> files = batch.run().files();

    mustBeOfTheTarget(files);
    mustBeAllThereIs(batch, files, 100_000);
  }

  @Test
  void a_folder_with_most_rows_is_split_and_the_small_ones_have_one_file_each() {
    Random random = new Random(1);
    Batch batch =
        landed(
                "region string, t string",
                100_000,
                i ->
                    (i % 50 == 0 ? "small" + i % 7 : "large")
                        + ","
                        + Long.toHexString(random.nextLong()))
            .partitionBy("region");

    List<JobResult.CuratedFile> files = batch.run().files();

    Map<String, List<JobResult.CuratedFile>> folders =
        files.stream()
            .collect(
                Collectors.groupingBy(
                    file -> file.uri().replaceAll(".*region=([a-z0-9]+)/.*", "$1")));
    assertThat(folders).hasSize(8);
    assertThat(folders.get("large")).hasSizeGreaterThan(2);
    mustBeOfTheTarget(folders.get("large"));
    folders.remove("large");
    assertThat(folders.values()).allSatisfy(inIt -> assertThat(inIt).hasSize(1));
    mustBeAllThereIs(batch, files, 100_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1_000})
  void what_fits_in_one_file_is_one(int rows) {
    Batch batch = landed("n int, t string", rows, i -> i + ",text");

    List<JobResult.CuratedFile> files = batch.run().files();

    assertThat(files).hasSize(1);
    mustBeAllThereIs(batch, files, rows);
  }

  @Test
  void no_rows_are_no_file() {
    Batch batch = landed("n int, t string", 10, i -> i + ",t").sql("SELECT * FROM landed LIMIT 0");

    assertThat(batch.run().files()).isEmpty();
    assertThat(batch.list("curated")).isEmpty();
  }

  @Test
  void the_rows_of_a_file_that_was_written_anew_are_what_they_were() {
    Batch batch =
        landed("n int, t string", 3_000, i -> i + ",t" + i)
            .sql(
                "SELECT n, n AS `Ä b.c`, named_struct('x', t, 'y', array(n)) AS s, CAST(n AS decimal(20,4)) AS d, DATE'1582-10-01' AS old, TIMESTAMP'1700-01-01 00:00:00.000001' AS at, IF(n % 2 = 0, NULL, t) AS t FROM landed")
            .files(7);
    batch.run();
    List<String> before = batch.rows();

    JobResult result = batch.targetFileBytes(20_000).run();

    assertThat(batch.rows()).isEqualTo(before);
    assertThat(result.files()).hasSizeGreaterThan(1);
  }

  @Test
  void the_dearest_are_left_where_too_much_would_be_written_anew() {
    FileSizes sizes = new FileSizes(100);

    List<FileSizes.Rewrite> rewrites =
        sizes.rewrites(
            List.of(file("a/1", 40), file("a/2", 40), file("b/1", 30), file("b/2", 10)), 100);

    assertThat(rewrites).extracting(FileSizes.Rewrite::folder).containsExactly("b/");
  }

  private static JobResult.CuratedFile file(String uri, long size) {
    return new JobResult.CuratedFile(uri, size, 5);
  }

  private Batch landed(String columns, int rows, java.util.function.IntFunction<String> row) {
    String text =
        IntStream.range(0, rows).mapToObj(row).collect(Collectors.joining("\n", "", "\n"));
    return new Batch(folder).columns(columns).landed("a.csv", text).targetFileBytes(TARGET);
  }

  private static void mustBeOfTheTarget(List<JobResult.CuratedFile> files) {
    long[] sizes = files.stream().mapToLong(JobResult.CuratedFile::size).sorted().toArray();
    assertThat(sizes).hasSizeGreaterThan(1);
    assertThat(Arrays.stream(sizes).skip(1))
        .as("%s", Arrays.toString(sizes))
        .allMatch(size -> size >= TARGET / 2 && size <= TARGET * 3 / 2);
    assertThat(sizes[0]).isLessThanOrEqualTo(TARGET * 3 / 2);
  }

  /** The result names exactly what lies there, with its sizes. */
  private void mustBeAllThereIs(Batch batch, List<JobResult.CuratedFile> files, long rows) {
    assertThat(files.stream().mapToLong(JobResult.CuratedFile::rows).sum()).isEqualTo(rows);
    assertThat(batch.rows()).hasSize((int) rows);
    try (var found = Files.walk(folder.resolve("curated"))) {
      assertThat(found.filter(Files::isRegularFile).map(file -> "file://" + file).toList())
          .containsExactlyInAnyOrderElementsOf(
              files.stream().map(JobResult.CuratedFile::uri).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(files)
        .allSatisfy(
            file ->
                assertThat(Files.size(Path.of(file.uri().substring("file://".length()))))
                    .isEqualTo(file.size()));
  }
}
