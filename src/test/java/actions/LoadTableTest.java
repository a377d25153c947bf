package actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import contract.JobResult;
import curated.FilesOverS3;
import flow.Action;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipelines;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunState;
import store.FileStore;
import store.StaleVersionException;
import testing.Iris;
import testing.KeptObjects;
import warehouse.Load;
import warehouse.LoadRefusedException;

/** What a load needs before its first statement, and what is recorded of it. */
class LoadTableTest {

  private static final Optional<JobResult> RESULT = Optional.of(Iris.result());

  private final KeptObjects s3 = new KeptObjects();
  private final List<Run> registering = new ArrayList<>();
  @TempDir Path folder;
  private FileStore store;
  private LoadTable loadTable;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
    store.run(Iris.RUN, "iris", RunState.LOADING, List.of(Iris.object("iris/a", 1, Iris.NOON)));
    s3.put("iris/" + Iris.OUTPUT + "part-00000.parquet", 1_023);
    loadTable =
        new LoadTable(
            new Pipelines(Map.of("iris", Iris.pipeline())), store.runs(), FilesOverS3.files(s3));
  }

  @Test
  void nothing_is_sent_without_the_jobs_result() {
    assertThatThrownBy(() -> loadTable.begin(action(), Optional.empty(), registering::add))
        .hasMessage("the result file of the job is gone");
  }

  @Test
  void nothing_is_sent_where_another_file_lies_beside_the_jobs() {
    s3.put("iris/" + Iris.OUTPUT + "foreign.parquet", 1);

    assertThatThrownBy(() -> loadTable.begin(action(), RESULT, registering::add))
        .isInstanceOf(LoadRefusedException.class)
        .hasMessageContaining("foreign.parquet");
  }

  @Test
  void a_run_may_be_in_the_table_before_the_first_statement_that_registers_a_file() {
    Load load = loadTable.begin(action(), RESULT, registering::add);
    assertThat(stored().mayBeInTable()).isFalse();

    load.played();

    assertThat(registering).singleElement().isEqualTo(stored());
    assertThat(stored().mayBeInTable()).isTrue();
  }

  @Test
  void a_cancellation_that_came_first_stops_the_load() {
    Load load = loadTable.begin(action(), RESULT, registering::add);
    store.runs().save(stored(), stored().decide(Outcome.ended(RunState.CANCELLED, "on request")));

    assertThatThrownBy(load::played).isInstanceOf(StaleVersionException.class);
    assertThat(registering).isEmpty();
  }

  @Test
  void a_load_that_is_proven_decides_the_run() {
    Load load = loadTable.begin(action(), RESULT, registering::add);
    load.played();

    loadTable.complete(action(), load);

    assertThat(stored().outcome())
        .hasValueSatisfying(
            outcome -> {
              assertThat(outcome.state()).isEqualTo(RunState.SUCCEEDED);
              assertThat(outcome.message()).contains("3 rows of this run");
            });
    assertThat(store.runs().loaded(Iris.RUN)).isPresent();
  }

  private Action.Load action() {
    return new Action.Load(new OpenRun(stored(), List.of()), Iris.launched());
  }

  private Run stored() {
    return store.runs().find(Iris.RUN).orElseThrow().run();
  }
}
