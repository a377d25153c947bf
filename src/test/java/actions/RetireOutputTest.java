package actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import curated.CuratedSettings;
import curated.FilesOverS3;
import flow.Action;
import inflight.InFlight;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import pipeline.Pipelines;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.RetiredOutput;
import run.Run;
import run.RunState;
import store.FileStore;
import testing.Iris;
import testing.KeptObjects;
import testing.Models;
import warehouse.Retirement;
import warehouse.Row;

/** Which curated files are deleted, of a pipeline whose table is not there any more. */
class RetireOutputTest {

  private static final String FILE = "iris/" + Iris.OUTPUT + "part-00000.parquet";

  private final KeptObjects s3 = new KeptObjects();
  private final InFlight inFlight = new InFlight();
  private final Clock clock = Clock.fixed(Iris.NOON, ZoneOffset.UTC);
  @TempDir Path folder;
  private FileStore store;

  @BeforeEach
  void write() {
    store = new FileStore(folder);
    store.run(Iris.RUN, "iris", RunState.COLLECTED, List.of(Iris.object("iris/a", 1, Iris.NOON)));
    store.launch(Iris.RUN);
    s3.put(FILE, 1_023);
    s3.put("iris/another-run/part-00000.parquet", 1);
  }

  @Test
  void files_of_a_loaded_run_that_the_table_does_not_register_may_be_another_tables_and_stay() {
    succeed();
    Action.Retire action = action(Optional.empty());

    assertThat(retireOutput().decide(action, asked(action))).isFalse();

    assertThat(outputs())
        .extracting(RetiredOutput::obstacle)
        .containsExactly(
            Optional.of("the table registers none of its files, but another table may"));
    assertThat(s3.keys()).contains(FILE);
  }

  @Test
  void what_was_decided_before_a_restart_is_done() {
    succeed();
    Action.Retire action = action(Optional.of(Iris.NOON));

    assertThat(retireOutput().decide(action, asked(action))).isTrue();
  }

  @Test
  void files_of_a_failed_attempt_are_deleted_and_nothing_else_is() {
    store
        .runs()
        .save(
            store
                .runs()
                .attempt(Iris.RUN, 1)
                .orElseThrow()
                .failed(new Failure(FailureKind.INTERNAL, "bad", "mend")));
    succeed();
    Action.Retire action = action(Optional.empty());
    Retirement asked = asked(action);

    assertThat(retireOutput().decide(action, asked)).isTrue();
    assertThat(outputs()).extracting(RetiredOutput::removedAt).containsExactly(Optional.empty());
    retireOutput().delete(action, asked);

    assertThat(outputs())
        .extracting(RetiredOutput::removedAt)
        .containsExactly(Optional.of(Iris.NOON));
    assertThat(s3.keys()).containsExactly("iris/another-run/part-00000.parquet");
  }

  @Test
  void a_file_that_the_table_still_registers_is_not_deleted() {
    succeed();
    Action.Retire action = action(Optional.empty());
    Retirement asked = retireOutput().begin(action);
    answer(
        asked,
        new Row(
            Map.of(
                "TABLE_NAME", "IRIS_DATASET_RUNS",
                "TABLE_TYPE", "EXTERNAL TABLE",
                "COMMENT", "[transient-pipelines pipeline=iris definition=0]")));
    answer(asked, new Row(Map.of("FILE_NAME", "s3://curated/" + FILE, "FILE_SIZE", 1_023)));

    assertThatThrownBy(() -> retireOutput().delete(action, asked))
        .hasMessage("1 of its files are still registered");
    assertThat(s3.keys()).contains(FILE);
  }

  @Test
  void it_waits_while_a_load_has_the_table_and_gives_it_back() {
    Action.Retire action = action(Optional.empty());
    inFlight.loads().claim("iris", Iris.NOON);

    assertThat(retireOutput().claim(action)).isFalse();

    inFlight.loads().release("iris", Iris.NOON, Iris.NOON);
    assertThat(retireOutput().claim(action)).isTrue();
    assertThat(inFlight.loads().claim("iris", Iris.NOON)).isFalse();
    retireOutput().release(action);
    assertThat(inFlight.loads().claim("iris", Iris.NOON)).isTrue();
  }

  @Test
  void it_runs_ten_times_in_the_shortest_time_that_files_are_kept_for() {
    assertThat(pause(Duration.ofMinutes(50), Duration.ofDays(1))).isEqualTo(Duration.ofMinutes(5));
    assertThat(pause(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
    assertThat(pause(Duration.ofDays(30))).isEqualTo(Duration.ofMinutes(10));
    assertThat(pause()).isEqualTo(Duration.ofMinutes(10));
  }

  private void succeed() {
    Run loading = save(stored().moveTo(RunState.LOADING, Iris.NOON));
    Run decided = loading.decide(Outcome.ended(RunState.SUCCEEDED, "good"));
    save(decided.moveTo(RunState.SUCCEEDED, Iris.NOON));
  }

  private Run save(Run run) {
    return store.runs().save(stored(), run);
  }

  private Run stored() {
    return store.runs().find(Iris.RUN).orElseThrow().run();
  }

  private Action.Retire action(Optional<Instant> begunAt) {
    return new Action.Retire(
        store.runs().find(Iris.RUN).orElseThrow(),
        new RetiredOutput(Iris.RUN, 1, begunAt, Optional.empty(), Optional.empty()));
  }

  /** The table is asked, and is not there. */
  private Retirement asked(Action.Retire action) {
    Retirement retirement = retireOutput().begin(action);
    answer(retirement);
    assertThat(retirement.next()).isEmpty();
    return retirement;
  }

  private static void answer(Retirement retirement, Row... rows) {
    assertThat(retirement.next()).isPresent();
    retirement.answered(List.of(rows));
  }

  private List<RetiredOutput> outputs() {
    return store.retired().of(Iris.RUN);
  }

  private RetireOutput retireOutput() {
    return retireOutput(new Pipelines(Map.of("iris", Iris.pipeline())));
  }

  private RetireOutput retireOutput(Pipelines pipelines) {
    return new RetireOutput(
        pipelines, store.retired(), store.runs(), FilesOverS3.files(s3), inFlight, clock);
  }

  private Duration pause(Duration... keptFor) {
    Map<String, Pipeline> pipelines = new HashMap<>();
    for (Duration keepFor : keptFor) {
      pipelines.put(keepFor.toString(), kept(keepFor));
    }
    return retireOutput(new Pipelines(pipelines)).pause();
  }

  private static Pipeline kept(Duration keepFor) {
    Pipeline iris = Iris.pipeline();
    return Models.pipeline(
        iris.name(),
        iris.landing(),
        iris.batch(),
        iris.input(),
        iris.transform(),
        iris.checks(),
        new CuratedSettings(
            "curated", "iris/", Optional.of(1), Optional.empty(), List.of(), Optional.of(keepFor)),
        iris.cluster(),
        iris.warehouse());
  }
}
