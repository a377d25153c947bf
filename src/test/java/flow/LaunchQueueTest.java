package flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import pipeline.Pipelines;
import run.Attempt;
import run.ClusterState;
import run.OpenRun;
import run.Run;
import run.RunId;
import testing.Iris;

class LaunchQueueTest {

  private static final Pipelines UNLIMITED =
      new Pipelines(
          Map.of(
              "busy", Iris.pipeline("busy", Optional.empty()),
              "quiet", Iris.pipeline("quiet", Optional.empty())));
  private static final Pipelines BUSY_HAS_ONE =
      new Pipelines(
          Map.of(
              "busy", Iris.pipeline("busy", Optional.of(1)),
              "quiet", Iris.pipeline("quiet", Optional.empty())));

  private final List<OpenRun> open = new ArrayList<>();
  private final List<OpenRun> wanting = new ArrayList<>();
  private final Set<RunId> troubled = new HashSet<>();

  @Test
  void the_oldest_run_is_the_next() {
    OpenRun first = waits("busy", 1);
    OpenRun second = waits("busy", 2);

    LaunchQueue queue = queue(UNLIMITED, 1);

    assertThat(queue.admitted()).containsExactly(id(first));
    assertThat(queue.place(id(first))).contains(1);
    assertThat(queue.place(id(second))).contains(2);
  }

  @Test
  void a_pipeline_with_many_runs_keeps_anothers_first_one_not_waiting() {
    OpenRun busy = waits("busy", 1);
    waits("busy", 2);
    waits("busy", 3);
    OpenRun quiet = waits("quiet", 4);

    LaunchQueue queue = queue(UNLIMITED, 2);

    assertThat(queue.admitted()).containsExactly(id(busy), id(quiet));
    assertThat(queue.place(id(quiet))).contains(2);
  }

  @Test
  void clusters_count_until_emr_says_that_they_are_gone() {
    has("busy", 1, launched(1));
    has("busy", 2, launched(2).ending());
    has("busy", 3, launched(3).ending().ended());
    OpenRun next = waits("busy", 4);
    OpenRun last = waits("busy", 5);

    assertThat(queue(UNLIMITED, 2).admitted()).isEmpty();
    assertThat(queue(UNLIMITED, 3).admitted()).containsExactly(id(next));
    assertThat(queue(UNLIMITED, 4).admitted()).containsExactly(id(next), id(last));
  }

  @Test
  void a_pipeline_at_its_own_limit_delays_no_other() {
    has("busy", 1, launched(1));
    OpenRun busy = waits("busy", 2);
    OpenRun quiet = waits("quiet", 3);

    LaunchQueue queue = queue(BUSY_HAS_ONE, 10);

    assertThat(queue.admitted()).containsExactly(id(quiet));
    assertThat(queue.place(id(busy))).contains(2);
  }

  @Test
  void no_more_attempts_are_begun_than_emr_takes_calls_at_once() {
    for (int i = 1; i <= 4; i++) {
      has("busy", i, Iris.intended(i, Iris.NOON));
    }
    for (int i = 5; i <= 30; i++) {
      waits("busy", i);
    }

    assertThat(queue(UNLIMITED, 500).admitted()).hasSize(6);
  }

  @Test
  void a_pipeline_whose_launches_fail_begins_no_more_and_keeps_no_other_from_its_own() {
    for (int i = 1; i <= 10; i++) {
      troubled.add(id(has("busy", i, Iris.intended(i, Iris.NOON))));
    }
    OpenRun busy = waits("busy", 11);
    OpenRun quiet = waits("quiet", 12);

    LaunchQueue queue = queue(UNLIMITED, 500);

    assertThat(queue.admitted()).containsExactly(id(quiet));
    assertThat(queue.place(id(busy))).isPresent();
  }

  @Test
  void a_cluster_that_is_gone_takes_no_place_even_if_its_attempt_is_not_closed() {
    has("busy", 1, launched(1).seen(Iris.cluster(ClusterState.TERMINATED)));
    OpenRun next = waits("busy", 2);

    assertThat(queue(BUSY_HAS_ONE, 1).admitted()).containsExactly(id(next));
  }

  @Test
  void no_run_waits_in_an_empty_queue() {
    assertThat(queue(UNLIMITED, 1)).isEqualTo(new LaunchQueue(Map.of(), List.of()));
  }

  private LaunchQueue queue(Pipelines pipelines, int maxClusters) {
    return LaunchQueue.of(open, wanting, pipelines, maxClusters, troubled::contains);
  }

  private OpenRun waits(String pipeline, int second) {
    OpenRun run = has(pipeline, second);
    wanting.add(run);
    return run;
  }

  private OpenRun has(String pipeline, int second, Attempt... attempts) {
    Instant at = Iris.NOON.plusSeconds(second);
    OpenRun run =
        new OpenRun(Run.collected(RunId.create(at, second), pipeline, at, 1, 1), List.of(attempts));
    open.add(run);
    return run;
  }

  private static Attempt launched(int number) {
    return Iris.intended(number, Iris.NOON).called(Iris.NOON).launched("j-" + number);
  }

  private static RunId id(OpenRun open) {
    return open.run().id();
  }
}
