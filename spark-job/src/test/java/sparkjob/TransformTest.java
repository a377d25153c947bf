package sparkjob;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobResult;
import contract.JobResult.FailureCause;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sparkjob.failure.JobFailure;

/** Several queries, one over the other, and where their text may be. */
class TransformTest {
  @TempDir Path folder;
  private Batch batch;

  @BeforeEach
  void two_columns() {
    batch = new Batch(folder).columns("n int, t string").landed("a.csv", "1,a\n2,a\n3,b\n");
  }

  @Test
  void each_view_sees_the_landed_rows_and_the_views_before_it() {
    batch
        .view("large", "SELECT * FROM landed WHERE n > 1")
        .view("counted", "SELECT t, COUNT(*) AS c FROM LARGE GROUP BY t")
        .sql("SELECT counted.t, c, n FROM counted JOIN large ON counted.t = large.t");

    JobResult result = batch.run();

    assertThat(batch.rows()).containsExactly("a|1|2", "b|1|3");
    assertThat(result.rows().read()).isEqualTo(3);
  }

  @Test
  void a_view_that_uses_a_later_one_is_refused_with_what_it_sees() {
    batch
        .view("early", "SELECT * FROM late")
        .view("late", "SELECT * FROM landed")
        .sql("SELECT * FROM early");

    JobFailure failure = batch.failure();

    assertThat(failure.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(failure.getMessage())
        .startsWith(
            "transform.view.early: it sees the views landed, in their order: [TABLE_OR_VIEW_NOT_FOUND]")
        .contains("late");
    batch.sql("SELECT * FROM nowhere").job().withObject("/transform").remove("views");
    batch.view("one", "SELECT 1 AS a");
    assertThat(batch.failure().getMessage())
        .startsWith("transform.sql: it sees the views landed, one, in their order: [TABLE");
  }

  @Test
  void a_view_that_is_no_query_is_refused_and_does_nothing() {
    batch.view("gone", "DROP VIEW landed").sql("SELECT 1 AS a");

    assertThat(batch.failure().getMessage())
        .startsWith("transform.view.gone: [PARSE_SYNTAX_ERROR]");
  }

  @Test
  void a_query_may_have_comments_and_end_with_a_semicolon_but_not_be_two() {
    batch.sql("-- all of them; really\nSELECT t /* the text; */ FROM landed\n;\n-- the end\n");
    batch.run();
    assertThat(batch.rows()).containsExactly("a", "a", "b");

    assertThat(batch.sql("SELECT 1 AS a; SELECT 2 AS a").failure().getMessage())
        .startsWith("transform.sql: [PARSE_SYNTAX_ERROR]");
    assertThat(batch.sql("-- nothing\n").failure().getMessage())
        .startsWith("transform.sql: [PARSE_");
  }

  @Test
  void sql_in_an_object_of_its_own_runs_and_is_in_the_result_as_it_ran() throws IOException {
    String sql = "SELECT concat(t, 'ü') AS t FROM landed WHERE n = 3;\n";
    Files.writeString(folder.resolve("daily.sql"), "\uFEFF" + sql);

    batch.sqlFile(batch.uri("daily.sql")).run();

    assertThat(batch.rows()).containsExactly("bü");
    assertThat(batch.result().at("/sqlFiles/0/uri").textValue()).isEqualTo(batch.uri("daily.sql"));
    assertThat(batch.result().at("/sqlFiles/0/sql").textValue()).isEqualTo(sql);
  }

  @Test
  void an_object_with_sql_that_is_missing_or_no_text_is_named_with_the_way_out()
      throws IOException {
    String uri = batch.uri("gone.sql");
    JobFailure gone = batch.sqlFile(uri).failure();
    assertThat(gone.kind()).isEqualTo(FailureCause.USER_CODE);
    assertThat(gone)
        .hasMessage(
            "Cannot read the SQL in %s: there is no such object; put one query there, or have the pipeline's sql-file name another",
            uri);

    Files.write(folder.resolve("gone.sql"), "SELECT 'ü'".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(batch.failure()).hasMessageContaining(uri + ": it is not UTF-8; ");

    Files.writeString(folder.resolve("gone.sql"), "SELECT nope FROM landed");
    assertThat(batch.failure())
        .hasMessageStartingWith("transform.sql (%s): [UNRESOLVED_COLUMN", uri);
    assertThat(batch.result().at("/sqlFiles/0/sql").textValue())
        .isEqualTo("SELECT nope FROM landed");
  }
}
