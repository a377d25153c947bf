package warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.JobResult;
import contract.JobResult.CuratedFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import testing.Iris;

class LoadCheckTest {

  private static final String A = "iris/" + Iris.OUTPUT + "a.parquet";
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
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }
}
