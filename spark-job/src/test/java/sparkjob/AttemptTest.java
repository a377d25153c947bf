package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.JobResult;
import contract.JobResult.FailureCause;
import contract.JobResult.RejectReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkjob.failure.JobFailure;

/** What an attempt reads, leaves and says, whatever the format. */
class AttemptTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void two_columns() {
    batch = new Batch(folder).columns("n int, t string");
  }

  @Test
  void exactly_the_named_objects_are_read_however_ugly_their_names() {
    List<String> names =
        List.of(
            "a b.csv",
            "100%.csv",
            "a%20b.csv",
            "a+b.csv",
            "\uD83C\uDF3C.csv",
            "*.csv",
            "?.csv",
            "[ab].csv",
            "{a,b}.csv",
            "back\\slash.csv",
            "co,mma.csv",
            "_hidden.csv",
            ".dot.csv",
            "k=v/a#c.csv",
            "späte.csv",
            "'\"&.csv");
    for (int i = 0; i < names.size(); i++) {
      batch.landed(names.get(i), i + ",bad\n" + i + "," + i + "\nx,y\n");
    }
    new Batch(folder)
        .landed("not-named.csv", "99,99\n")
        .landed("a.csv", "98,98\n")
        .landed("b.csv", "97,97\n");

    JobResult result = batch.run();

    assertThat(result.rows())
        .isEqualTo(new JobResult.Rows(3L * names.size(), 2L * names.size(), names.size()));
    assertThat(batch.rejected().stream().map(row -> row.get("uri").textValue()))
        .containsExactlyElementsOf(names.stream().map(batch::uri).toList());
    assertThat(batch.rows()).contains("0|0", "15|15").doesNotContain("99|99", "98|98", "97|97");
  }

  @Test
  void an_object_that_is_missing_or_has_another_size_fails_and_is_named() {
    batch.landed("a.csv", "1,a\n").named("gone.csv", 4);
    JobFailure gone = batch.failure();
    assertThat(gone.kind()).isEqualTo(FailureCause.DATA);
    assertThat(gone)
        .hasMessage("The object " + batch.uri("gone.csv") + " does not exist (any more)");

    Batch second =
        new Batch(folder.resolve("second")).columns("n int, t string").landed("a.csv", "1,a\n");
    ((ObjectNode) second.manifest().get("objects").get(0)).put("size", 5);
    assertThat(second.failure())
        .hasMessage(
            "The object "
                + second.uri("a.csv")
                + " has changed since it landed: it has 4 bytes and the manifest says 5");
    assertThat(second.result().at("/failure/objects").toString())
        .isEqualTo("[\"" + second.uri("a.csv") + "\"]");
  }

  @Test
  void repeating_an_attempt_gives_the_same_rows_and_nothing_twice() {
    batch.landed("a.csv", "1,a\n2,b\nbad\n");

    batch.run();
    List<String> first = batch.rows();
    batch.run();

    assertThat(batch.rows()).isEqualTo(first).hasSize(2);
    assertThat(batch.list("curated")).hasSize(1);
    assertThat(batch.rejected()).hasSize(1);
    assertThat(batch.result().at("/rows").toString())
        .isEqualTo("{\"read\":3,\"written\":2,\"rejected\":1}");
  }

  @Test
  void a_ratio_above_the_limit_fails_and_leaves_no_parquet() {
    batch.landed("good.csv", "1,a\n2,b\n").landed("bad.csv", "x\ny\n").maxRatio(0.5).run();
    assertThat(batch.list("curated")).hasSize(1);

    JobFailure failure = batch.maxRatio(0.49).failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "2 of 4 rows were rejected, most of them in "
                + batch.uri("bad.csv")
                + "; that is a ratio of 0.5000, and rejected.maxRatio (the pipeline's input.max-rejected-ratio) allows 0.49; why: 2 (2 columns are declared and the line has 1); all of them are in "
                + batch.uri("rejected")
                + "/");
    assertThat(batch.list("curated")).isEmpty();
    assertThat(batch.rejected()).hasSize(2);
    assertThat(batch.result().at("/status").textValue()).isEqualTo("FAILED");
    assertThat(batch.result().at("/rows").toString())
        .isEqualTo("{\"read\":4,\"written\":0,\"rejected\":2}");
    assertThat(batch.result().at("/rejects")).hasSize(2);
  }

  @Test
  void rejected_rows_are_counted_by_column_and_kind_and_not_by_what_they_hold() {
    batch.landed("a.csv", "x,a\n1\n1,a\n").landed("b.csv", "y,b\nz,c\n2\n3,d\n").run();

    assertThat(batch.result().get("rejectReasons").toString())
        .isEqualTo(
            """
            [{"kind":"column n is not int","rows":3,"uri":"%1$s","example":"column n is declared int and holds \\"x\\""},\
            {"kind":"2 columns are declared and the line has 1","rows":2,"uri":"%1$s","example":"2 columns are declared and the line has 1"}]"""
                .formatted(batch.uri("a.csv")));
  }

  @Test
  void however_many_kinds_of_reasons_there_are_ten_are_reported_and_every_row_is_counted() {
    StringBuilder lines = new StringBuilder();
    for (int fields = 3; fields < 203; fields++) {
      lines.append(",".repeat(fields - 1)).append('\n');
    }
    JobResult result = batch.landed("a.csv", lines + "1,a\n,,\n").run();

    assertThat(result.details().rejectReasons()).hasSize(10);
    assertThat(result.details().rejectReasons().get(0).toString())
        .isEqualTo("2 (2 columns are declared and the line has 3)");
    assertThat(result.details().rejectReasons().get(9).kind()).isEqualTo("other reasons");
    assertThat(result.details().rejectReasons().stream().mapToLong(RejectReason::rows).sum())
        .isEqualTo(201);
  }

  @Test
  void a_transform_that_spark_refuses_is_user_code_and_told_in_one_line() {
    batch.landed("a.csv", "1,a\n");
    batch.run();

    JobFailure failure = batch.sql("SELECT nope FROM landed").failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure.getMessage())
        .startsWith("transform.sql: [UNRESOLVED_COLUMN")
        .contains("nope")
        .doesNotContain("\n");
    assertThat(batch.result().at("/status").textValue()).isEqualTo("FAILED");
    assertThat(batch.list("curated")).isEmpty();
    assertThat(batch.sql("SELEC 1").failure().getMessage())
        .startsWith("transform.sql: [PARSE_SYNTAX_ERROR]");
    assertThat(batch.sql("DROP VIEW landed").failure().getMessage())
        .startsWith("transform.sql: [PARSE_SYNTAX_ERROR]");
  }

  @Test
  void a_transform_that_fails_on_a_row_is_user_code_and_told_in_one_line() {
    JobFailure failure =
        batch
            .landed("a.csv", "1,a\n")
            .sql("SELECT raise_error(concat('no ', t)) AS x FROM landed")
            .failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure.getMessage()).contains("no a").doesNotContain("\n");
    assertThat(batch.list("curated")).isEmpty();
  }

  @Test
  void an_output_that_cannot_be_written_leaves_no_success() throws Exception {
    batch.landed("a.csv", "1,a\n").run();
    Files.writeString(folder.resolve("blocked"), "a file where a folder should be");
    ((ObjectNode) batch.job().get("output")).put("uri", batch.uri("blocked/curated") + "/");

    batch.failure();

    assertThat(batch.result().at("/status").textValue()).isEqualTo("FAILED");
  }

  @Test
  void a_wrong_job_description_is_reported_in_the_result_too() {
    batch.landed("a.csv", "1,a\n");
    batch.job().put("surprise", 1);

    assertThat(batch.failure())
        .hasMessage(
            "Cannot read the job description %s: surprise is not a known member",
            batch.uri("job.json"));
    assertThat(batch.result().at("/failure/kind").textValue()).isEqualTo("USER_CODE");

    batch.job().remove("surprise");
    batch.manifest().put("run", "r-2");
    assertThat(batch.failure())
        .hasMessage(
            "The manifest is of pipeline iris, run r-2, and the job description of pipeline iris, run r-1");

    batch.columns("n number");
    batch.manifest().put("run", "r-1");
    assertThat(batch.failure())
        .hasMessage(
            "input.columns[0].type of the column n is number: Spark SQL knows no such type");
  }

  @Test
  void the_output_has_the_requested_number_of_files() {
    batch.landed("a.csv", "1,a\n".repeat(1_000)).files(3);
    assertThat(batch.run().files()).hasSize(3);

    batch.sql("SELECT n, t FROM landed").files(2);
    assertThat(batch.run().files()).hasSize(2);
  }

  @Test
  void rows_before_a_limit_are_counted() {
    batch.landed("a.csv", "bad\n" + "1,a\n".repeat(100_000)).sql("SELECT * FROM landed LIMIT 2");

    JobResult result = batch.run();

    assertThat(result.rows().written()).isEqualTo(2);
    assertThat(result.rows().read()).isBetween(3L, 100_000L);
    assertThat(result.rows().rejected()).isEqualTo(1);
    assertThat(batch.rejected()).hasSize(1);
  }

  @Test
  void rows_that_a_transform_reads_twice_count_once() {
    batch
        .landed("a.csv", "1,a\n2,b\nbad\n")
        .sql("SELECT n FROM landed UNION ALL SELECT n + 10 FROM landed");

    assertThat(batch.run().rows()).isEqualTo(new JobResult.Rows(3, 4, 1));
    assertThat(batch.rejected()).hasSize(1);
  }

  @Test
  void declared_input_is_read_once() {
    String rows = "1,some text to fill the line\n".repeat(400_000);
    batch.landed("a.csv", rows).sql("SELECT t, COUNT(*), SUM(n) FROM landed GROUP BY t");

    long before = bytesRead();
    JobResult result = batch.run();

    assertThat(result.rows()).isEqualTo(new JobResult.Rows(400_000, 1, 0));
    assertThat(bytesRead() - before).isBetween((long) rows.length(), rows.length() * 12L / 10);
  }

  private static long bytesRead() {
    return FileSystem.getGlobalStorageStatistics().get("file").getLong("bytesRead");
  }
}
