package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Fetcher;
import batch.LandedObject;
import contract.JobDescription.Severity;
import contract.JobResult.Checked;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Findings;
import run.OpenRun;
import run.Run;
import run.RunId;
import run.RunState;
import run.Start;
import run.Upload;
import schedule.Schedule;
import testing.Iris;

/** What every store does about runs that are started. */
abstract class StartsContract extends StoreContract {

  private static final Start SCHEDULED = new Start(Start.By.SCHEDULE, Optional.of(NOON));

  @Test
  void a_started_run_waits_for_its_turn_with_who_started_it_and_no_objects() {
    Starts.Started started = starts().ingest("iris", Fetcher.CLUSTER, SCHEDULED, NOON);

    Run run = stored(started.run());
    assertThat(started.isNew()).isTrue();
    assertThat(run).isEqualTo(Run.started(run.id(), "iris", Fetcher.CLUSTER, NOON, SCHEDULED));
    assertThat(runs.history(run.id())).hasSize(1);
    assertThat(runs.open()).extracting(OpenRun::run).containsExactly(run);
  }

  @Test
  void a_run_that_was_started_and_has_no_cluster_yet_does_for_another_start() {
    Starts.Started first = starts().ingest("iris", Fetcher.CLUSTER, Start.byHand(), NOON);

    assertThat(starts().ingest("iris", Fetcher.CLUSTER, Start.byHand(), NOON.plusSeconds(5)))
        .isEqualTo(new Starts.Started(first.run(), false));
    assertThat(starts().ingest("flowers", Fetcher.CLUSTER, Start.byHand(), NOON).isNew()).isTrue();
    assertThat(begun.fired())
        .as("the new runs are announced")
        .extracting(event -> event.run().pipeline())
        .containsExactly("iris", "flowers");
  }

  @Test
  void a_start_after_the_first_cluster_or_the_end_of_another_makes_a_run_of_its_own() {
    Run first = stored(starts().ingest("iris", Fetcher.CLUSTER, Start.byHand(), NOON).run());
    runs.begin(first, first.moveTo(RunState.PROCESSING, NOON), attempt(first.id(), 1));
    Run second = stored(starts().ingest("iris", Fetcher.CLUSTER, Start.byHand(), NOON).run());
    runs.save(second, second.cancel(true));

    assertThat(
            starts().ingest("iris", Fetcher.CLUSTER, Start.byHand(), NOON.plusSeconds(5)).isNew())
        .isTrue();
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void what_a_run_has_ingested_is_its_own_and_never_waits() {
    Run queued = stored(starts().ingest("iris", Fetcher.CLUSTER, Start.byHand(), NOON).run());
    runs.begin(queued, queued.moveTo(RunState.PROCESSING, NOON), attempt(queued.id(), 1));
    Run processing = stored(queued.id());
    LandedObject object = Iris.object("iris/_ingested/run=1/iris.data", 7, NOON);
    Checked checked = new Checked("old", Severity.WARN, 1, List.of("{}"));
    Findings findings = new Findings(List.of(checked), Optional.empty(), Optional.empty());
    runs.judged(
        processing,
        processing.ingested(1, 7).moveTo(RunState.LOADING, NOON),
        attempts(queued.id()).get(0),
        findings,
        List.of(object));

    assertThat(runs.findings(queued.id())).isEqualTo(findings);

    assertThat(objects.of(queued.id())).containsExactly(object);
    assertThat(objects.waiting("iris", 10)).isEmpty();
    assertThat(stored(queued.id()).objects()).isEqualTo(1);
    assertThat(stored(queued.id()).input().bytes()).isEqualTo(7);
  }

  @Test
  void a_run_that_the_service_has_begun_to_fetch_for_does_not_do_for_another_start() {
    RunId first = starts().ingest("iris", Fetcher.SERVICE, Start.byHand(), NOON).run();
    assertThat(starts().ingest("iris", Fetcher.SERVICE, Start.byHand(), NOON))
        .isEqualTo(new Starts.Started(first, false));
    assertThat(stored(first).isToBeFetched()).isTrue();

    fetches().begin(first, NOON);
    Starts.Started second = starts().ingest("iris", Fetcher.SERVICE, Start.byHand(), NOON);

    assertThat(second.isNew()).isTrue();
  }

  @Test
  void the_upload_of_a_fetch_is_known_until_its_object_is_the_run_s_own() {
    Run begun = stored(starts().ingest("iris", Fetcher.SERVICE, Start.byHand(), NOON).run());
    Upload upload = new Upload("landing", "iris/_ingested/a", "u-1", Optional.of("\"v\""));
    fetches().begin(begun.id(), NOON);
    fetches().note(begun.id(), Optional.of(upload));

    assertThat(fetches().begin(begun.id(), NOON.plusSeconds(9)))
        .isEqualTo(new Fetches.Begun(NOON, Optional.of(upload)));
    fetches().note(begun.id(), Optional.empty());
    assertThat(fetches().find(begun.id())).contains(new Fetches.Begun(NOON, Optional.empty()));

    LandedObject object = Iris.object("iris/_ingested/a", 7, NOON);
    runs.fetched(begun, begun.ingested(1, 7), object);

    assertThat(fetches().find(begun.id())).isEmpty();
    assertThat(objects.of(begun.id())).containsExactly(object);
    assertThat(objects.waiting("iris", 10)).isEmpty();
    assertThat(stored(begun.id()).input().bytes()).isEqualTo(7);
    assertThat(starts().ingest("iris", Fetcher.SERVICE, Start.byHand(), NOON).isNew()).isTrue();
  }

  @Test
  void what_was_fetched_for_a_run_that_is_cancelled_meanwhile_is_not_taken() {
    Run begun = stored(starts().ingest("iris", Fetcher.SERVICE, Start.byHand(), NOON).run());
    fetches().begin(begun.id(), NOON);
    runs.save(begun, begun.cancel(true));

    assertThatThrownBy(
            () ->
                runs.fetched(begun, begun.ingested(1, 7), Iris.object("iris/_ingested/a", 7, NOON)))
        .isInstanceOf(StaleVersionException.class);
    assertThat(objects.of(begun.id())).isEmpty();
    assertThat(fetches().find(begun.id())).isPresent();
    fetches().end(begun.id());
    assertThat(fetches().find(begun.id())).isEmpty();
  }

  @Test
  void a_scheduled_run_and_how_far_the_schedule_was_followed_are_written_together() {
    Schedules schedules = new Schedules(new Database(source, "runs.db"));
    Schedule.Followed followed = new Schedule.Followed("0 * * * * Z", NOON);
    assertThat(schedules.followed("iris")).isEmpty();

    RunId run = starts().ingest("iris", Fetcher.CLUSTER, followed, NOON).run();
    schedules.follow("flowers", new Schedule.Followed("of another", NOON));

    assertThat(stored(run).origin().start()).contains(SCHEDULED);
    assertThat(schedules.followed("iris")).contains(followed);
    Schedule.Followed later = new Schedule.Followed("0 5 * * * Z", NOON.plusSeconds(60));
    schedules.follow("iris", later);
    assertThat(schedules.followed("iris")).contains(later);
  }

  private Fetches fetches() {
    return new Fetches(new Database(source, "runs.db"));
  }

  private Starts starts() {
    return new Starts(new Database(source, "runs.db"), begun);
  }
}
