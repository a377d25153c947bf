package intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Backfill;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import landing.OverS3;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import software.amazon.awssdk.core.exception.SdkException;
import store.FileStore;
import store.PausedPipelines.Pause;
import testing.Iris;
import testing.ListedPrefixes;

/** How a backfill proceeds, portion by portion, over a real store. */
class BackfillingTest {

  private static final String PREFIX = "iris/2025/";

  @TempDir Path folder;
  private final Pipeline pipeline = Iris.pipelineSince(Iris.NOON.plusSeconds(1));
  private final ListedPrefixes s3 = new ListedPrefixes().with(PREFIX, 1_250);
  private FileStore store;
  private Backfilling backfilling;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
    restart();
  }

  @Test
  void an_interrupted_listing_continues_after_a_restart_where_it_was() {
    begin(500, 1);
    goOn();
    s3.breakAfter(2);
    assertThatThrownBy(this::goOn).isInstanceOf(SdkException.class);
    s3.breakAfter(1_000);
    restart();
    while (stored().state() == Backfill.State.LISTING) {
      goOn();
    }

    assertThat(stored().inRange()).isEqualTo(1_250);
    assertThat(stored().taken()).isEqualTo(1_250);
    assertThat(store.objects().waiting("iris", 10)).isEmpty();
  }

  @Test
  void it_has_no_more_runs_open_than_it_may_and_is_done_when_the_last_has_ended() {
    listed(500, 2);
    while (goOn()) {
      // Until it has as many runs as it may.
    }
    assertThat(openRuns()).extracting(Run::objects).containsExactly(500, 500);
    end(openRuns().get(0), Outcome.ended(RunState.NO_DATA, "empty"));
    while (goOn()) {
      // The same again.
    }
    assertThat(openRuns()).extracting(Run::objects).containsExactlyInAnyOrder(500, 250);

    openRuns().forEach(run -> end(run, Outcome.ended(RunState.NO_DATA, "empty")));
    goOn();

    assertThat(stored().state()).isEqualTo(Backfill.State.DONE);
    assertThat(store.backfills().progress(stored()).runs()).isEqualTo(Map.of(RunState.NO_DATA, 3));
  }

  @Test
  void after_a_failed_run_it_waits_until_that_is_replayed() {
    listed(1_000, 2);
    goOn();
    Run run = openRuns().get(0);
    end(run, Outcome.failed(new Failure(FailureKind.DATA, "bad", "mend")));

    assertThat(goOn()).isFalse();
    assertThat(openRuns()).isEmpty();

    Run failed = store.runs().find(run.id()).orElseThrow().run();
    Run again = failed.replay(RunState.COLLECTED, RunId.create(Iris.NOON, 77), Iris.NOON);
    store.runs().replay(failed, again);
    assertThat(goOn()).isTrue();
    assertThat(openRuns()).extracting(Run::objects).containsExactlyInAnyOrder(1_000, 250);
  }

  @Test
  void while_its_pipeline_is_paused_it_lists_on_and_starts_no_run() {
    store.paused().pause("iris", new Pause(Iris.NOON, "kim", Optional.empty()));
    listed(1_000, 2);

    assertThat(stored().inRange()).isEqualTo(1_250);
    assertThat(goOn()).isFalse();
    assertThat(openRuns()).isEmpty();

    store.paused().resume("iris");
    assertThat(goOn()).isTrue();
    assertThat(openRuns()).hasSize(1);
  }

  private void begin(int maxObjects, int maxRuns) {
    Backfill wanted =
        Backfill.begun(
            "b-1",
            "iris",
            new Backfill.Range(PREFIX, Optional.empty(), Optional.empty()),
            new Backfill.Size(maxObjects, 1_000_000, maxRuns),
            Iris.NOON);
    assertThat(store.backfills().begin(wanted)).isEmpty();
  }

  private void listed(int maxObjects, int maxRuns) {
    begin(maxObjects, maxRuns);
    while (stored().state() == Backfill.State.LISTING) {
      goOn();
    }
  }

  private boolean goOn() {
    return backfilling.goOn(pipeline, stored(), Iris.NOON);
  }

  private Backfill stored() {
    return store.backfills().find("b-1").orElseThrow();
  }

  private List<Run> openRuns() {
    return store.runs().open().stream().map(OpenRun::run).toList();
  }

  private void end(Run run, Outcome outcome) {
    store.runs().save(run, run.decide(outcome));
    Run decided = store.runs().find(run.id()).orElseThrow().run();
    store.runs().save(decided, decided.moveTo(outcome.state(), Iris.NOON));
  }

  private void restart() {
    backfilling =
        new Backfilling(
            store.backfills(),
            store.paused(),
            OverS3.listing(s3, Clock.fixed(Iris.NOON, ZoneOffset.UTC)),
            new NewRuns(store.runs(), store.aside()));
  }
}
