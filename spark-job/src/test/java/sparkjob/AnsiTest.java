package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult.FailureCause;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sparkjob.failure.JobFailure;

/** SQL that makes no value of its input means the same on every Spark. */
class AnsiTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void two_of_the_largest_numbers() {
    String largest = String.valueOf(Long.MAX_VALUE);
    batch =
        new Batch(folder)
            .columns("n bigint, t string")
            .landed("a.csv", largest + ",x\n" + largest + ",y\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SUM(n)",
        "MAX(n + 1)",
        "MAX(n / 0)",
        "MAX(CAST(t AS INT))",
        "MAX(CAST(n AS INT))",
        "SUM(CAST(n AS DECIMAL(38,19)))",
        "MAX(CAST(t AS DATE))",
        "MAX(CAST(n AS DECIMAL(4,2)))",
        "MAX(raise_error(t))",
      })
  void what_gives_no_value_fails_and_the_query_is_named(String expression) {
    JobFailure failure =
        batch.view("v", "SELECT * FROM landed").sql("SELECT " + expression + " FROM v").failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure.getMessage()).startsWith("transform.sql").doesNotContain("spark.sql.ansi");
    if (!expression.contains("raise_error")) {
      assertThat(failure).hasMessageContaining("transform.ansi=false");
    }
  }

  @Test
  void the_view_that_fails_is_named() {
    batch.view("wrapped", "SELECT n + 1 AS n FROM landed").sql("SELECT MAX(n) FROM wrapped");

    assertThat(batch.failure())
        .hasMessageStartingWith("transform.view.wrapped (n + 1): [ARITHMETIC_OVERFLOW]");
  }

  @ParameterizedTest
  @CsvSource({
    "SUM(n), -2",
    "MAX(n + 1), -9223372036854775808",
    "MAX(CAST(t AS INT)), null",
    "try_sum(n), null"
  })
  void a_pipeline_may_do_without(String expression, String value) {
    batch
        .sql("SELECT " + expression + " FROM landed")
        .job()
        .withObject("/transform")
        .put("ansi", false);
    batch.run();

    assertThat(batch.rows()).containsExactly(value);
  }

  @Test
  void a_try_function_gives_null() {
    batch.sql("SELECT try_sum(n), try_add(MAX(n), 1) FROM landed").run();

    assertThat(batch.rows()).containsExactly("null|null");
  }

  @Test
  void a_check_that_gives_no_value_is_named() {
    batch.check("sum", "WARN", "SELECT SUM(n) AS s FROM curated HAVING s < 0");

    assertThat(batch.failure()).hasMessageStartingWith("checks.sum");
    assertThat(batch.failure().kind()).isEqualTo(FailureCause.USER_CODE);
  }
}
