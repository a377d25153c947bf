package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import contract.JobResult;
import contract.JobResult.CuratedFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import testing.Iris;

class LoadCheckTest {

  private static final String A = "iris/" + Iris.OUTPUT + "a.parquet";
  private static final String OUTPUT = "s3://curated/iris/" + Iris.OUTPUT;
  private static final String B = "iris/" + Iris.OUTPUT + "b.parquet";

  @Test
  void the_same_files_and_the_same_rows_prove_the_load() {
    prove(Map.of(A, 100L, B, 200L), 5);
  }

  @Test
  void a_file_counts_whatever_snowflake_puts_before_the_runs_path() {
    prove(Map.of("s3://curated/" + A, 100L, Iris.OUTPUT + "b.parquet", 200L), 5);
  }

  @Test
  void a_missing_file_is_named_although_the_rows_agree() {
    assertThat(message(Map.of(A, 100L), 5))
        .endsWith("missing [b.parquet], not written by a run [], of another size []");
  }

  @Test
  void a_file_that_the_job_did_not_write_is_named() {
    assertThat(message(Map.of(A, 100L, B, 200L, "iris/" + Iris.OUTPUT + "c.parquet", 1L), 5))
        .endsWith("missing [], not written by a run [c.parquet], of another size []");
  }

  @Test
  void a_file_of_another_size_is_named() {
    assertThat(message(Map.of(A, 100L, B, 201L), 5))
        .endsWith("missing [], not written by a run [], of another size [b.parquet]");
  }

  @Test
  void rows_that_snowflake_skipped_are_found() {
    assertThat(message(Map.of(A, 100L, B, 200L), 3))
        .isEqualTo(
            "Cannot prove the load: the table counts 3 rows for this run and the job wrote 5");
  }

  @Test
  void rows_that_came_twice_are_found() {
    assertThat(message(Map.of(A, 100L, B, 200L), 10)).contains("counts 10 rows");
  }

  @Test
  void what_the_job_did_not_write_is_refused_for_good_and_what_is_missing_is_checked_again() {
    assertThatThrownBy(
            () -> prove(Map.of(A, 100L, B, 200L, "iris/" + Iris.OUTPUT + "c.parquet", 1L), 5))
        .isInstanceOfSatisfying(
            LoadRefusedException.class,
            refused ->
                assertThat(refused.wayOut())
                    .isEqualTo("delete in S3 what the job did not write below " + Iris.OUTPUT));
    assertThatThrownBy(() -> prove(Map.of(A, 100L), 5)).isNotInstanceOf(LoadRefusedException.class);
    assertThatThrownBy(() -> prove(Map.of(A, 100L, B, 200L), 3))
        .isNotInstanceOf(LoadRefusedException.class);
  }

  @Test
  void only_what_the_job_wrote_is_loaded_and_what_no_table_takes_does_not_count() {
    LoadCheck.requireOnlyWritten(
        result(),
        Iris.OUTPUT,
        Map.of("s3://curated/" + A, 100L, "s3://curated/" + B, 200L, OUTPUT + "_SUCCESS", 0L));
  }

  @Test
  void a_foreign_file_below_the_output_is_refused_for_good_before_anything_is_registered() {
    LoadRefusedException refused =
        refused(
            Map.of(
                OUTPUT + "a.parquet",
                100L,
                OUTPUT + "b.parquet",
                200L,
                OUTPUT + "x/c.parquet",
                1L));

    assertThat(refused)
        .hasMessage(
            "Cannot load what lies in S3 below %s: missing [], not written by a run [x/c.parquet], of another size []"
                .formatted(Iris.OUTPUT));
    assertThat(refused.wayOut())
        .isEqualTo("delete in S3 what the job did not write below " + Iris.OUTPUT);
  }

  @Test
  void a_file_that_is_gone_or_was_overwritten_is_refused_too() {
    assertThat(refused(Map.of(OUTPUT + "a.parquet", 100L)))
        .hasMessageContaining("missing [b.parquet]");
    LoadRefusedException refused =
        refused(Map.of(OUTPUT + "a.parquet", 100L, OUTPUT + "b.parquet", 201L));

    assertThat(refused).hasMessageContaining("of another size [b.parquet]");
    assertThat(refused.wayOut())
        .isEqualTo("put back in S3 what the job wrote below " + Iris.OUTPUT);
  }

  private static LoadRefusedException refused(Map<String, Long> stored) {
    return assertThatThrownBy(() -> LoadCheck.requireOnlyWritten(result(), Iris.OUTPUT, stored))
        .asInstanceOf(type(LoadRefusedException.class))
        .actual();
  }

  @Test
  void nothing_registered_is_no_proof() {
    assertThat(message(Map.of(), 0)).contains("missing [a.parquet, b.parquet]");
  }

  @Test
  void of_very_many_files_the_first_are_named_and_the_others_counted() {
    Map<String, Long> registered = new HashMap<>(Map.of(A, 100L, B, 200L));
    for (int i = 0; i < 50; i++) {
      registered.put("iris/" + Iris.OUTPUT + "x%02d.parquet".formatted(i), 1L);
    }

    assertThat(message(registered, 5)).contains("x19.parquet] and 30 more").doesNotContain("x20");
  }

  @Test
  void the_files_of_another_attempt_are_not_taken_for_those_of_this_one() {
    String other = "iris/run=r-20261122T120000-00002a/attempt=2/";

    assertThat(message(Map.of(other + "a.parquet", 100L, other + "b.parquet", 200L), 5))
        .contains("missing [a.parquet, b.parquet]");
  }

  private static String message(Map<String, Long> registered, long rows) {
    return assertThatThrownBy(() -> prove(registered, rows))
        .isInstanceOf(IllegalStateException.class)
        .actual()
        .getMessage();
  }

  private static void prove(Map<String, Long> registered, long rows) {
    LoadCheck.prove(result(), Iris.OUTPUT, registered, rows);
  }

  private static JobResult result() {
    JobResult iris = Iris.result();
    return new JobResult(
        iris.version(),
        iris.pipeline(),
        iris.run(),
        iris.attempt(),
        iris.status(),
        iris.failure(),
        new JobResult.Rows(150, 5, 0),
        iris.schema(),
        iris.partitionBy(),
        List.of(
            new CuratedFile("s3://curated/" + A, 100, 2),
            new CuratedFile("s3://curated/" + B, 200, 3)),
        JobResult.Details.NONE);
  }
}
