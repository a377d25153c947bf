package store;

import static org.assertj.core.api.Assertions.assertThat;

import contract.JobDescription.Severity;
import contract.JobResult.Checked;
import contract.JobResult.Reject;
import contract.JobResult.RejectReason;
import contract.JobResult.Skipped;
import contract.JobResult.Stripped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Findings;
import run.LeftOut;
import run.LoadedTable;
import run.LoadedTable.LoadedFile;
import run.Rejected;
import run.Run;
import run.SentStatement;

/** What was sent to the warehouse for a run, and what that was proven to have brought. */
abstract class LoadedContract extends StoreContract {

  @Test
  void statements_come_back_in_the_order_in_which_they_were_sent() {
    collected(id(1), "a");
    SentStatement first =
        new SentStatement("SELECT 'ü'", NOON, Duration.ofMillis(7), Optional.empty());
    SentStatement second =
        new SentStatement("ALTER", NOON, Duration.ofMillis(9), Optional.of("error line 1"));
    statements.record(id(1), first);
    statements.record(id(1), second);
    statements.record(id(1), first);

    assertThat(statements.of(id(1))).containsExactly(first, second, first);
    assertThat(statements.of(id(9))).isEmpty();
  }

  @Test
  void of_a_statement_that_fails_again_and_again_the_last_try_is_kept() {
    collected(id(1), "a");
    SentStatement first = new SentStatement("A", NOON, Duration.ofMillis(1), Optional.of("away"));
    SentStatement again =
        new SentStatement("A", NOON.plusSeconds(1), Duration.ofMillis(1), Optional.of("away"));
    SentStatement good =
        new SentStatement("B", NOON.plusSeconds(2), Duration.ofMillis(1), Optional.empty());
    statements.record(id(1), first);
    statements.record(id(1), again);
    statements.record(id(1), good);
    statements.record(id(1), good);

    assertThat(statements.of(id(1))).containsExactly(again, good, good);
  }

  @Test
  void of_very_many_statements_the_newest_stay() {
    collected(id(1), "a");
    for (int i = 0; i < 250; i++) {
      statements.record(
          id(1), new SentStatement("SELECT " + i, NOON, Duration.ofMillis(1), Optional.empty()));
    }

    assertThat(statements.of(id(1)))
        .hasSize(200)
        .last()
        .satisfies(statement -> assertThat(statement.sql()).isEqualTo("SELECT 249"));
  }

  @Test
  void what_checks_found_is_kept_in_their_order_and_a_later_attempts_takes_its_place() {
    begun(id(1));
    Checked fail = new Checked("z", Severity.FAIL, 3, List.of("{\"a\":\"ü\"}", "{\"a\":2}"));
    Checked warn = new Checked("a", Severity.WARN, 0, List.of());
    assertThat(runs.findings(id(1))).isEqualTo(Findings.NONE);

    judged(List.of(fail, warn), Optional.empty(), Optional.empty());
    assertThat(runs.findings(id(1)).checks()).containsExactly(fail, warn);
    judged(List.of(warn), Optional.empty(), Optional.empty());

    assertThat(runs.findings(id(1)).checks()).containsExactly(warn);
  }

  @Test
  void why_rows_were_rejected_is_kept_in_its_order_and_a_later_attempts_takes_its_place() {
    begun(id(1));
    Rejected rejected =
        new Rejected(
            "s3://curated/_work/rejected/",
            List.of(
                new RejectReason("column z is not int", 3, "s3://landing/a", "holds \"x\""),
                new RejectReason("column a is not int", 1, "s3://landing/b", "holds \"ü\"")),
            List.of(new Reject("s3://landing/a", "holds \"x\"", "1,x,\u00fc")));

    judged(List.of(), Optional.of(rejected), Optional.empty());
    assertThat(runs.findings(id(1)).rejected()).contains(rejected);
    judged(List.of(), Optional.empty(), Optional.empty());

    assertThat(runs.findings(id(1)).rejected()).isEmpty();
  }

  @Test
  void what_was_left_out_is_kept_in_its_order_and_a_later_attempts_takes_its_place() {
    begun(id(1));
    LeftOut both =
        new LeftOut(
            30,
            List.of(
                new Skipped("s3://landing/_SUCCESS", "it has no bytes"),
                new Skipped("s3://landing/ä", "it has no bytes")),
            List.of(
                new Stripped("a record that repeats the header", 2, "s3://landing/b"),
                new Stripped("a byte order mark between records", 1, "s3://landing/a")));
    LeftOut stripped = new LeftOut(0, List.of(), both.stripped());
    assertThat(runs.findings(id(1)).leftOut()).isEmpty();

    judged(List.of(), Optional.empty(), Optional.of(both));
    assertThat(runs.findings(id(1)).leftOut()).contains(both);
    judged(List.of(), Optional.empty(), Optional.of(stripped));
    assertThat(runs.findings(id(1)).leftOut()).contains(stripped);
    judged(List.of(), Optional.empty(), Optional.empty());

    assertThat(runs.findings(id(1)).leftOut()).isEmpty();
  }

  private void judged(
      List<Checked> checks, Optional<Rejected> rejected, Optional<LeftOut> leftOut) {
    runs.judged(
        stored(id(1)),
        stored(id(1)),
        attempts(id(1)).get(0),
        new Findings(checks, rejected, leftOut),
        List.of());
  }

  @Test
  void what_a_load_has_brought_is_kept_with_the_run_and_a_repeated_load_takes_its_place() {
    Run run = collected(id(1), "a");
    assertThat(runs.loaded(id(1))).isEmpty();
    Map<String, String> row = new LinkedHashMap<>();
    row.put("z", "1");
    row.put("a", null);
    LoadedTable first =
        new LoadedTable("SELECT 1", 3, List.of(new LoadedFile("a.parquet", 10, 3)), List.of(row));
    LoadedTable second =
        new LoadedTable("SELECT 2", 4, List.of(new LoadedFile("b.parquet", 11, 4)), List.of());

    runs.loaded(run, run, first);
    assertThat(runs.loaded(id(1))).contains(first);
    assertThat(runs.loaded(id(1)).orElseThrow().firstRows().get(0).keySet())
        .containsExactly("z", "a");
    runs.loaded(stored(id(1)), stored(id(1)), second);

    assertThat(runs.loaded(id(1))).contains(second);
  }
}
