package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import contract.JobResult.FailureCause;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkjob.failure.JobFailure;

/** Objects of one batch whose columns differ. */
class MixedSchemasTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void csv_with_headers() {
    batch = new Batch(folder).header();
  }

  @Test
  void a_header_may_have_the_columns_in_any_order_and_another_case() {
    batch
        .columns("n int, t string, T int")
        .landed("a.csv", "t,T,n\na,1,2\n")
        .landed("b.csv", "N,T,t\n3,4,b\n")
        .sql("SELECT n, t, T AS u FROM landed")
        .run();

    assertThat(batch.rows()).containsExactly("2|a|1", "3|b|4");
  }

  @Test
  void a_large_object_with_its_columns_in_another_order_is_split_all_the_same() {
    String line = "\"some, text\nover lines " + "x".repeat(80) + "\",5\n";
    JobResult result =
        batch
            .columns("n int, t string")
            .landed("a.csv", "t,n\n" + line.repeat(120_000))
            .sql("SELECT SUM(n), COUNT(DISTINCT t) FROM landed")
            .run();

    assertThat(result.rows()).isEqualTo(new JobResult.Rows(120_000, 1, 0));
    assertThat(batch.rows()).containsExactly("600000|1");
  }

  @Test
  void merged_objects_have_null_where_a_column_is_missing_and_lose_what_is_not_declared() {
    batch
        .merge()
        .columns("n int, t string")
        .landed("a.csv", "t,extra,n\na,x,1\nshort,x\n")
        .landed("b.csv", "n\n2\n")
        .run();

    assertThat(batch.rows()).containsExactly("1|a", "2|null");
    assertThat(batch.rejected().get(0).get("reason").textValue())
        .isEqualTo("3 columns are in the header and the line has 2");
  }

  @Test
  void merged_objects_infer_all_their_columns() {
    batch
        .merge()
        .landed("a.csv", "n,t\n1,a\n")
        .landed("empty.csv", "")
        .landed("b.csv", "d,N\n2026-11-22,1.5\n")
        .run();

    assertThat(batch.result().get("schema").toString())
        .isEqualTo(
            "[{\"name\":\"n\",\"type\":\"double\"},{\"name\":\"t\",\"type\":\"string\"},{\"name\":\"d\",\"type\":\"date\"}]");
    assertThat(batch.rows()).containsExactly("1.0|a|null", "1.5|null|2026-11-22");
  }

  @Test
  void unmerged_objects_with_other_inferred_columns_fail_and_are_named() {
    batch.landed("a.csv", "n,t\n1,a\n").landed("b.csv", "n,d\n2,3\n");

    JobFailure failure = batch.failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "The header of %s is not what it should be: column t is missing, column d is not expected; it has [n, d] and the columns are [n, t]",
            batch.uri("b.csv"));
    assertThat(failure.objects()).containsExactly(batch.uri("b.csv"));
  }

  @Test
  void a_header_that_names_a_column_twice_fails_and_is_named() {
    batch.merge().columns("n int").landed("a.csv", "n,n\n1,2\n");
    assertThat(batch.failure())
        .hasMessage("The header of %s names the column n twice", batch.uri("a.csv"));

    batch.input().remove("columns");
    assertThat(batch.failure())
        .hasMessage("The header of %s names the column n twice", batch.uri("a.csv"));
  }
}
