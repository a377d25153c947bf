package flow;

import static flow.FlowCases.FLOW;
import static flow.FlowCases.NOW;
import static flow.FlowCases.open;
import static flow.FlowCases.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Fetcher;
import contract.Manifest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import pipeline.Pipeline;
import run.Failure;
import run.FailureKind;
import run.OpenRun;
import run.Outcome;
import run.Run;
import run.RunId;
import run.RunState;
import run.Start;
import testing.Iris;
import testing.Models;

/** Runs that are started and ingest their object themselves. */
class FlowStartedTest {

  private static final Pipeline INGESTING =
      Iris.ingesting(Models.ingest("https://example.com/a.csv", "a.csv", 9));
  private static final String MANIFEST = "s3://curated/_work/iris/manifest.json";
  private static final Run STARTED =
      Run.started(Iris.RUN, "iris", Fetcher.CLUSTER, Iris.NOON, Start.byHand());

  private static final Run FETCHED =
      Run.started(Iris.RUN, "iris", Fetcher.SERVICE, Iris.NOON, Start.byHand());
  private static final RunId AGAIN = new RunId("r-20261122T130000-00002b");

  @Test
  void a_started_run_needs_no_manifest_of_the_service_and_waits_for_a_cluster() {
    OpenRun run = open(STARTED);

    assertThat(next(run, INGESTING)).isEqualTo(new Action.Begin(run, 0));
  }

  @Test
  void a_started_run_whose_source_is_not_configured_any_more_fails_by_that_property() {
    assertThat(next(open(STARTED), Iris.pipeline()))
        .isInstanceOfSatisfying(
            Action.Decide.class,
            decide -> {
              Failure failure = decide.outcome().failure().orElseThrow();
              assertThat(failure.kind()).isEqualTo(FailureKind.VALIDATION);
              assertThat(failure.message()).contains("pipelines.iris.ingest.url");
            });
  }

  @Test
  void a_replay_of_a_started_run_ingests_anew() {
    Run failed =
        STARTED
            .decide(Outcome.failed(new Failure(FailureKind.USER_CODE, "bad", "mend")))
            .moveTo(RunState.FAILED, NOW);
    Run again = failed.replay(RunState.PROCESSING, new RunId("r-20261122T130000-00002b"), NOW);

    assertThat(again.state()).isEqualTo(RunState.QUEUED);
    assertThat(again.origin().start()).isEqualTo(STARTED.origin().start());
    assertThat(again.origin().replayOf()).isEqualTo(Optional.of(STARTED.id()));
  }

  @Test
  void a_run_that_the_service_fetches_for_continues_as_a_collected_one() {
    OpenRun begun = open(FETCHED);
    assertThat(next(begun, INGESTING)).isEqualTo(new Action.Fetch(begun));

    OpenRun full = open(FETCHED.ingested(1, 7));
    assertThat(next(full, INGESTING)).isEqualTo(new Action.WriteManifest(full));
    OpenRun queued = open(FETCHED.ingested(1, 7).moveTo(RunState.QUEUED, NOW));
    assertThat(next(queued, Iris.pipeline())).isEqualTo(new Action.Begin(queued, 0));
    OpenRun empty = open(FETCHED.ingested(1, 0));
    assertThat(next(empty, INGESTING)).isEqualTo(new Action.DeclareEmpty(empty));
  }

  @Test
  void a_replay_takes_over_what_was_fetched_or_has_it_fetched_anew() {
    Run cancelled = FETCHED.cancel(true).moveTo(RunState.CANCELLED, NOW);
    Run anew = cancelled.replay(RunState.COLLECTED, AGAIN, NOW);
    assertThat(anew.isToBeFetched()).isTrue();

    Run failed =
        FETCHED
            .ingested(1, 7)
            .decide(Outcome.failed(new Failure(FailureKind.USER_CODE, "bad", "mend")))
            .moveTo(RunState.FAILED, NOW);
    Run over = failed.replay(RunState.PROCESSING, AGAIN, NOW);
    assertThat(over.state()).isEqualTo(RunState.COLLECTED);
    assertThat(over.objects()).isEqualTo(1);
    assertThat(over.isToBeFetched()).isFalse();
  }

  @Test
  void only_the_run_s_own_manifest_shows_what_it_has_ingested() {
    Manifest manifest =
        new Manifest(
            1, "iris", STARTED.id().value(), List.of(entry("s3://landing/iris/_ingested/a b")));

    assertThat(Ingested.of(INGESTING, STARTED, MANIFEST, manifest, NOW))
        .singleElement()
        .satisfies(object -> assertThat(object.key()).isEqualTo("iris/_ingested/a b"));
    assertRefused(new Manifest(1, "iris", "r-of-another", manifest.objects()));
    assertRefused(new Manifest(1, "iris", STARTED.id().value(), List.of()));
    assertRefused(
        new Manifest(1, "iris", STARTED.id().value(), List.of(entry("s3://elsewhere/a"))));
  }

  private static void assertRefused(Manifest manifest) {
    assertThatThrownBy(() -> Ingested.of(INGESTING, STARTED, MANIFEST, manifest, NOW))
        .isInstanceOf(UnusableFileException.class)
        .hasMessageStartingWith("The file " + MANIFEST + " is the manifest")
        .hasMessageContaining("something else writes");
  }

  private static Manifest.Entry entry(String uri) {
    return new Manifest.Entry(uri, "e", 1);
  }

  private static Action next(OpenRun open, Pipeline pipeline) {
    return FLOW.next(open, pipeline, shown(open, NOW), NOW);
  }
}
