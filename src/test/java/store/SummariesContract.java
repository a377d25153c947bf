package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Fetcher;
import batch.LandedObject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import run.Outcome;
import run.RowCounts;
import run.Run;
import run.RunId;
import run.RunState;
import run.Start;
import store.PausedPipelines.Pause;
import store.PipelineSummaries.Ended;
import store.PipelineSummaries.PastRun;
import store.PipelineSummaries.RecentRun;
import store.PipelineSummaries.Summary;
import store.PipelineSummaries.Waiting;
import testing.Iris;
import testing.RecordedEvents;

/** What an overview shows of pipelines, and what a pause does. */
abstract class SummariesContract extends StoreContract {

  private static final Pause PAUSE = new Pause(NOON, "kim", Optional.of("maintenance"));

  @Test
  void a_pipeline_of_which_nothing_is_known_has_nothing() {
    assertThat(summary("iris"))
        .isEqualTo(new Summary(Optional.empty(), List.of(), Map.of(), Ended.NONE, Waiting.NONE, 0));
  }

  @Test
  void what_waits_is_summed_up_without_what_is_taken_or_set_aside() {
    objects.record("iris", List.of(Iris.object("a", 5, NOON), Iris.object("b", 7, NOON)));
    objects.record("iris", List.of(Iris.object("c", 11, NOON.minusSeconds(60))));
    aside.setAside("iris", List.of(Iris.object("a", 5, NOON)), "unfit");
    collected(id(1), "taken");

    assertThat(summary("iris").waiting())
        .isEqualTo(new Waiting(2, 18, Optional.of(NOON.minusSeconds(60))));
    assertThat(summary("iris").setAside()).isEqualTo(1);
    assertThat(keys(objects.newestWaiting("iris", 1))).containsExactly("b");
    assertThat(keys(objects.newestWaiting("iris", 10))).containsExactly("b", "c");
  }

  @Test
  void a_version_that_was_overwritten_while_it_waited_is_not_listed() {
    LandedObject later =
        new LandedObject(
            "iris", "landing", "a", "later", 1, NOON.plusSeconds(1), NOON, Optional.empty());
    objects.record("iris", List.of(object("a"), later));

    assertThat(objects.newestWaiting("iris", 10)).containsExactly(later);
  }

  @Test
  void the_newest_runs_of_each_pipeline_come_newest_first_and_only_so_many() {
    for (int number = 1; number <= PipelineSummaries.RECENT + 5; number++) {
      runs.collect(run(id(number)), List.of());
    }
    runs.collect(Run.collected(id(1_000), "flowers", NOON, 0, 0), List.of());

    Map<String, Summary> all = summaries().of(List.of("iris", "flowers", "empty"));

    assertThat(all.get("iris").recent())
        .hasSize(PipelineSummaries.RECENT)
        .extracting(RecentRun::id)
        .startsWith(id(35), id(34))
        .endsWith(id(6));
    assertThat(all.get("iris").open()).isEqualTo(Map.of(RunState.COLLECTED, 35));
    assertThat(all.get("iris").openRuns()).isEqualTo(35);
    assertThat(all.get("flowers").recent()).hasSize(1);
    assertThat(all.get("empty").recent()).isEmpty();
  }

  @Test
  void a_look_shows_what_has_happened_since_the_one_before() {
    PipelineSummaries looks = summaries();
    runs.collect(run(id(1)), List.of());
    assertThat(states(looks)).containsExactly(RunState.COLLECTED);

    end(id(1), RunState.SUCCEEDED);
    assertThat(states(looks)).containsExactly(RunState.SUCCEEDED);

    failed(id(2), RunState.QUEUED);
    assertThat(states(looks)).containsExactly(RunState.FAILED, RunState.SUCCEEDED);

    Run failed = stored(id(2));
    runs.retry(failed, failed.retry(RunState.QUEUED, 0, NOON));
    assertThat(states(looks)).containsExactly(RunState.QUEUED, RunState.SUCCEEDED);

    failed(id(3), RunState.QUEUED);
    Run ended = stored(id(3));
    runs.replay(ended, ended.replay(RunState.QUEUED, id(4), NOON));
    assertThat(states(looks))
        .containsExactly(RunState.COLLECTED, RunState.FAILED, RunState.QUEUED, RunState.SUCCEEDED);
  }

  @Test
  void a_look_that_was_for_one_pipeline_hides_no_change_of_another() {
    PipelineSummaries looks = summaries();
    runs.collect(run(id(1)), List.of());
    assertThat(states(looks)).containsExactly(RunState.COLLECTED);

    runs.collect(run(id(2)), List.of());
    assertThat(looks.of(List.of("flowers")).get("flowers").recent()).isEmpty();

    assertThat(states(looks)).containsExactly(RunState.COLLECTED, RunState.COLLECTED);
  }

  @Test
  void runs_that_have_not_changed_are_not_read_again() {
    List<String> pipelines = List.of("iris", "flowers");
    fill(pipelines, 3);
    PipelineSummaries looks = summaries();
    Map<String, Summary> first = looks.of(pipelines);

    source.failAfter(6, new SQLException("a seventh statement"));

    assertThat(looks.of(pipelines)).isEqualTo(first);
  }

  @Test
  void the_last_end_is_that_of_the_newest_run_that_has_ended_and_was_not_replayed() {
    runs.collect(run(id(1)), List.of());
    end(id(1), RunState.SUCCEEDED);
    failed(id(2), RunState.QUEUED);
    collected(id(3), "open");
    assertThat(summary("iris").lastEnded().state()).contains(RunState.FAILED);

    Run ended = stored(id(2));
    runs.replay(ended, ended.replay(RunState.QUEUED, id(4), NOON));

    assertThat(summary("iris").lastEnded().state()).contains(RunState.SUCCEEDED);
    assertThat(summary("iris").recent())
        .extracting(RecentRun::endedAt)
        .containsExactly(Optional.empty(), Optional.empty(), Optional.of(NOON), Optional.of(NOON));
  }

  @Test
  void a_run_without_data_or_a_cancelled_one_hides_no_failure() {
    failed(id(1), RunState.QUEUED);
    runs.collect(run(id(2)), List.of());
    end(id(2), RunState.NO_DATA);
    runs.collect(run(id(3)), List.of());
    end(id(3), RunState.CANCELLED);

    assertThat(summary("iris").lastEnded())
        .isEqualTo(new Ended(Optional.of(RunState.FAILED), Optional.empty()));
  }

  @Test
  void a_table_is_as_of_the_last_success_also_of_an_older_run() {
    runs.collect(run(id(1)), List.of());
    runs.collect(run(id(2)), List.of());
    end(id(2), RunState.SUCCEEDED);
    assertThat(summary("iris").lastEnded().loadedAt()).contains(NOON);

    Run older = stored(id(1));
    runs.save(
        older,
        in(id(1), "iris", RunState.LOADING, 0)
            .decide(Outcome.ended(RunState.SUCCEEDED, "loaded"))
            .moveTo(RunState.SUCCEEDED, NOON.plusSeconds(60)));

    assertThat(summary("iris").lastEnded().loadedAt()).contains(NOON.plusSeconds(60));
  }

  @Test
  void the_history_is_the_newest_runs_oldest_first_with_what_their_jobs_counted() {
    for (int number = 1; number <= 3; number++) {
      runs.collect(run(id(number)), List.of());
    }
    runs.save(stored(id(3)), stored(id(3)).counted(new RowCounts(150, 140, 10)));

    List<PastRun> history = summaries().history("iris", 2);

    assertThat(history).extracting(past -> past.run().id()).containsExactly(id(2), id(3));
    assertThat(history.get(0).rowsWritten()).isEmpty();
    assertThat(history.get(1).rowsWritten()).contains(140L);
    assertThat(history.get(1).rowsRejected()).contains(10L);
    assertThat(history.get(1).objects()).isEqualTo(1);
    assertThat(history.get(1).bytes()).isEqualTo(1);
    assertThat(summaries().history("flowers", 2)).isEmpty();
  }

  @Test
  void a_pause_stays_as_it_was_begun_until_the_pipeline_is_resumed() {
    assertThat(paused().pause("iris", PAUSE)).isTrue();
    assertThat(paused().pause("iris", new Pause(NOON.plusSeconds(9), "lee", Optional.empty())))
        .isFalse();

    assertThat(paused().find("iris")).contains(PAUSE);
    assertThat(paused().names()).containsExactly("iris");
    assertThat(summary("iris").paused()).contains(PAUSE);
    assertThat(summary("flowers").paused()).isEmpty();

    assertThat(paused().resume("iris")).isTrue();
    assertThat(paused().resume("iris")).isFalse();
    assertThat(paused().find("iris")).isEmpty();
  }

  @Test
  void no_run_of_a_paused_pipeline_comes_into_the_store_and_its_objects_wait() {
    objects.record("iris", List.of(object("a")));
    paused().pause("iris", PAUSE);

    assertThatThrownBy(() -> runs.collect(run(id(1)), List.of(object("a"))))
        .isInstanceOf(PausedPipelineException.class)
        .hasMessage(
            "Cannot start a run of pipeline iris: it is paused since %s by kim (maintenance); resume it (POST /api/pipelines/iris/resume)",
            NOON);
    Starts starts = new Starts(new Database(source, "runs.db"), new RecordedEvents<>());
    assertThatThrownBy(() -> starts.ingest("iris", Fetcher.CLUSTER, Start.byHand(), NOON))
        .isInstanceOf(PausedPipelineException.class);

    assertThat(runs.newest(10)).isEmpty();
    assertThat(keys(objects.waiting("iris", 10))).containsExactly("a");
    paused().resume("iris");
    runs.collect(run(id(1)), List.of(object("a")));
    assertThat(runs.open()).hasSize(1);
  }

  @Test
  void a_run_that_had_begun_is_replayed_and_retried_although_its_pipeline_is_paused() {
    failed(id(1), RunState.QUEUED);
    failed(id(2), RunState.QUEUED);
    paused().pause("iris", PAUSE);

    Run one = stored(id(1));
    runs.replay(one, one.replay(RunState.QUEUED, id(3), NOON));
    Run two = stored(id(2));
    runs.retry(two, two.retry(RunState.QUEUED, 0, NOON));

    assertThat(runs.open()).extracting(open -> open.run().id()).containsExactly(id(2), id(3));
  }

  @Test
  void the_summaries_of_many_pipelines_take_as_many_statements_as_that_of_one() {
    List<String> pipelines = IntStream.range(0, 200).mapToObj("pipeline-%d"::formatted).toList();
    fill(pipelines, PipelineSummaries.RECENT + 1);
    source.failAfter(7, new SQLException("an eighth statement"));

    Map<String, Summary> all = summaries().of(pipelines);

    assertThat(all.values())
        .hasSize(200)
        .allSatisfy(
            summary -> {
              assertThat(summary.recent()).hasSize(PipelineSummaries.RECENT);
              assertThat(summary.waiting().objects()).isEqualTo(PipelineSummaries.RECENT + 1);
            });
  }

  private void fill(List<String> pipelines, int each) {
    List<Object[]> rows = new ArrayList<>();
    List<Object[]> landed = new ArrayList<>();
    Instant time = NOON;
    for (int number = 0; number < each; number++) {
      for (String pipeline : pipelines) {
        time = time.plusSeconds(1);
        rows.add(
            new Object[] {
              RunId.create(time, number).value(), pipeline, "SUCCEEDED", time, time.plusSeconds(60)
            });
        landed.add(new Object[] {pipeline, "key-" + number, 1_000 + number, time, time});
      }
    }
    Sql sql = new Database(source, "runs.db").sql();
    sql.transaction(
        connection -> {
          Sql.each(
              connection,
              """
              INSERT INTO run (id, pipeline, state, version, created_at, state_since, objects, bytes, first_attempt, may_be_in_table)
              VALUES (?, ?, ?, 0, ?, ?, 1, 1, 1, 0)""",
              rows);
          return Sql.each(
              connection,
              """
              INSERT INTO landed_object (pipeline, bucket, object_key, etag, size, last_modified, seen_at)
              VALUES (?, 'landing', ?, 'e', ?, ?, ?)""",
              landed);
        });
  }

  private void end(RunId id, RunState state) {
    Run run = stored(id);
    runs.save(run, in(id, "iris", state, run.objects()));
  }

  private Summary summary(String pipeline) {
    return summaries().of(List.of(pipeline)).get(pipeline);
  }

  private static List<RunState> states(PipelineSummaries looks) {
    return looks.of(List.of("iris")).get("iris").recent().stream().map(RecentRun::state).toList();
  }

  private PipelineSummaries summaries() {
    return new PipelineSummaries(new Database(source, "runs.db"));
  }

  private PausedPipelines paused() {
    return new PausedPipelines(new Database(source, "runs.db"));
  }
}
