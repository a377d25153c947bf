package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import contract.JobDescription.Severity;
import contract.JobResult;
import contract.JobResult.FailureCause;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkjob.failure.JobFailure;

/** Queries that must find no rows. */
class ChecksTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void two_columns() {
    batch = new Batch(folder).columns("n int, t string").landed("a.csv", "1,a\n2,\n3,b\n");
  }

  @Test
  void a_check_that_finds_nothing_is_reported_and_the_output_stays() {
    batch.check("positive", "FAIL", "SELECT * FROM curated WHERE n < 1");

    JobResult result = batch.run();

    assertThat(result.details().checks())
        .singleElement()
        .satisfies(check -> assertThat(check.violations()).isZero());
    assertThat(batch.result().at("/checks").toString())
        .isEqualTo(
            "[{\"name\":\"positive\",\"severity\":\"FAIL\",\"violations\":0,\"firstRows\":[]}]");
    assertThat(batch.rows()).hasSize(3);
  }

  @Test
  void a_check_of_severity_fail_that_finds_rows_leaves_no_output_and_shows_the_rows() {
    batch
        .check("named", "FAIL", "SELECT n, t FROM curated WHERE t IS NULL")
        .check("small", "FAIL", "SELECT n FROM curated WHERE n > 1 ORDER BY n DESC");

    JobFailure failure = batch.failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.DATA);
    assertThat(failure)
        .hasMessage(
            "checks.named must find no rows and found 1, the first of them {\"n\":2,\"t\":null}; "
                + "checks.small must find no rows and found 2, the first of them {\"n\":3}, {\"n\":2}");
    assertThat(batch.list("curated")).isEmpty();
    assertThat(batch.result().at("/status").textValue()).isEqualTo("FAILED");
    assertThat(batch.result().at("/checks/1/violations").intValue()).isEqualTo(2);
  }

  @Test
  void a_check_of_severity_warn_that_finds_rows_is_reported_and_the_job_continues() {
    batch
        .landed("b.csv", "9,x\n".repeat(1_000))
        .check("nines", "WARN", "SELECT n, n AS N2, t AS T FROM curated WHERE n = 9");

    JobResult result = batch.run();

    assertThat(result.details().checks())
        .singleElement()
        .satisfies(
            check -> {
              assertThat(check.severity()).isEqualTo(Severity.WARN);
              assertThat(check.violations()).isEqualTo(1_000);
              assertThat(check.firstRows())
                  .hasSize(5)
                  .containsOnly("{\"n\":9,\"N2\":9,\"T\":\"x\"}");
            });
    assertThat(batch.rows()).hasSize(1_003);
  }

  @Test
  void what_is_masked_or_not_to_be_shown_is_not_in_the_result() {
    batch
        .check("shown", "WARN", "SELECT n, t AS T FROM curated WHERE n = 1")
        .check("counted", "WARN", "SELECT n, t FROM curated");
    ((ObjectNode) batch.job().at("/checks/0")).putArray("masked").add("t");
    ((ObjectNode) batch.job().at("/checks/1")).put("show", 0);

    JobResult result = batch.run();

    assertThat(result.details().checks().get(0).firstRows())
        .containsExactly("{\"n\":1,\"T\":\"***\"}");
    assertThat(result.details().checks().get(1).firstRows()).isEmpty();
    assertThat(result.details().checks().get(1).violations()).isEqualTo(3);
  }

  @Test
  void a_check_sees_the_landed_rows_and_the_views_and_stopping_early_loses_no_rejected_row() {
    batch
        .landed("bad.csv", "x,\n".repeat(5_000) + "7,z\n" + "y,\n".repeat(5_000))
        .view("kept", "SELECT * FROM landed WHERE n <> 2")
        .sql("SELECT * FROM kept")
        .check("all", "WARN", "SELECT n FROM landed EXCEPT SELECT n FROM curated")
        .check("early", "WARN", "SELECT n FROM landed LIMIT 1")
        .check("views", "WARN", "SELECT COUNT(*) AS c FROM kept HAVING c <> 3");

    JobResult result = batch.run();

    assertThat(result.rows()).isEqualTo(new JobResult.Rows(10_004, 3, 10_000));
    assertThat(result.details().checks().get(0).firstRows()).containsExactly("{\"n\":2}");
    assertThat(result.details().checks().get(1).violations()).isEqualTo(1);
    assertThat(result.details().checks().get(2).violations()).isZero();
    assertThat(batch.rejected()).hasSize(10_000);
    assertThat(batch.list("rejected")).allMatch(name -> name.endsWith(".jsonl"));
  }

  @Test
  void the_output_is_seen_as_it_was_written_folders_and_column_order_too() {
    batch
        .sql("SELECT concat('0', n) AS code, t, CASE WHEN n > 1 THEN n END AS `n n` FROM landed")
        .partitionBy("code", "n n")
        .check("rows", "WARN", "SELECT * FROM curated ORDER BY code");

    assertThat(batch.run().details().checks().get(0).firstRows())
        .containsExactly(
            "{\"code\":\"01\",\"t\":\"a\",\"n n\":null}",
            "{\"code\":\"02\",\"t\":null,\"n n\":2}",
            "{\"code\":\"03\",\"t\":\"b\",\"n n\":3}");
  }

  @Test
  void an_output_without_rows_is_checked_too() {
    batch
        .sql("SELECT n FROM landed WHERE n > 100")
        .check("some", "FAIL", "SELECT COUNT(n) AS c FROM curated HAVING c = 0");

    assertThat(batch.failure())
        .hasMessage("checks.some must find no rows and found 1, the first of them {\"c\":0}");
  }

  @Test
  void a_check_that_spark_refuses_is_user_code_before_anything_is_written() {
    batch.sql("SELECT raise_error('was run') AS x FROM landed");

    batch.check("typo", "WARN", "SELECT nope FROM curated");
    JobFailure failure = batch.failure();
    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure).hasMessageStartingWith("checks.typo: [UNRESOLVED_COLUMN");

    batch.job().remove("checks");
    batch.check("command", "WARN", "DROP VIEW curated");
    assertThat(batch.failure()).hasMessageStartingWith("checks.command: [PARSE_SYNTAX_ERROR]");

    batch.job().remove("checks");
    batch.check("nowhere", "WARN", "SELECT * FROM nowhere");
    assertThat(batch.failure())
        .hasMessageStartingWith(
            "checks.nowhere: it sees the views landed, curated, in their order: [TABLE_OR_VIEW");
  }

  @Test
  void a_check_that_fails_on_a_row_is_user_code_and_leaves_no_output() {
    batch.check("bad", "WARN", "SELECT raise_error(t) AS x FROM curated WHERE t = 'a'");

    JobFailure failure = batch.failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure.getMessage()).startsWith("checks.bad: ").doesNotContain("\n");
    assertThat(batch.list("curated")).isEmpty();
  }
}
