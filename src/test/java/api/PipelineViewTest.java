package api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import run.RunId;
import run.RunState;
import store.PipelineSummaries.Ended;
import store.PipelineSummaries.RecentRun;
import store.PipelineSummaries.Summary;
import store.PipelineSummaries.Waiting;
import testing.Iris;

class PipelineViewTest {

  private static final RecentRun LOADING =
      new RecentRun(Iris.RUN, RunState.LOADING, Iris.NOON, Optional.empty());

  @Test
  void a_pipeline_whose_open_run_makes_no_progress_fails() {
    assertThat(view(Set.of(), 0).state()).isEqualTo(PipelineState.RUNNING);
    assertThat(view(Set.of(Iris.RUN), 0).state()).isEqualTo(PipelineState.FAILING);
  }

  @Test
  void a_start_is_refused_while_nothing_waits() {
    assertThat(view(Set.of(), 0).noStart()).contains("nothing waits in s3://landing/iris/");
    assertThat(view(Set.of(), 1).noStart()).isEmpty();
  }

  private static PipelineView view(Set<RunId> stuck, long waiting) {
    return PipelineView.of(
        Iris.pipeline(),
        Optional.empty(),
        stuck,
        new Summary(
            Optional.empty(),
            List.of(LOADING),
            Map.of(RunState.LOADING, 1),
            new Ended(Optional.empty(), Optional.empty()),
            new Waiting(waiting, 0, Optional.empty()),
            0),
        List.of(RecentRunView.of(LOADING)),
        Iris.NOON);
  }
}
