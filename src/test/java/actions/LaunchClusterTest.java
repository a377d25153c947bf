package actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cluster.emr.CannedGateway;
import cluster.step.OwnStep;
import contract.JobDescription;
import flow.Action.Launch;
import inflight.InFlight;
import ingest.IngestScript;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import pipeline.Pipelines;
import pipeline.Steps;
import run.Attempt;
import run.AttemptState;
import run.FailureKind;
import run.OpenRun;
import run.RunState;
import staging.JobJar;
import staging.ObjectToPut;
import staging.StagedFile;
import store.FileStore;
import store.RunStore;
import testing.CannedEmr;
import testing.Iris;
import testing.Models;
import testing.MovableClock;
import testing.Settings;

class LaunchClusterTest {

  @TempDir Path folder;

  private final MovableClock clock = new MovableClock(Iris.NOON.plusSeconds(10));
  private final InFlight inFlight = new InFlight();
  private final JobJar jar = new JobJar();
  private CannedGateway emr;
  private RunStore runs;

  @BeforeEach
  void connect() {
    emr = new CannedGateway(clock);
    runs = new FileStore(folder).runs();
  }

  @AfterEach
  void disconnect() {
    emr.close();
  }

  @Test
  void the_services_own_step_needs_its_jar_and_a_description_of_the_job() {
    Launch launch = begun();

    List<ObjectToPut> objects = launchOf(Iris.pipeline()).objects(launch);

    assertThat(objects).extracting(ObjectToPut::bucket).containsOnly("curated");
    assertThat(objects)
        .extracting(ObjectToPut::key)
        .containsExactly(jar.key(), "_work/iris/run=r-20261122T120000-00002a/attempt=1/job.json");
    assertThat(objects.get(0).bytes()).isEqualTo(jar.in("curated").bytes());
    JobDescription job =
        JobDescription.read("job", new String(objects.get(1).bytes(), StandardCharsets.UTF_8));
    assertThat(job.run()).isEqualTo(Iris.RUN.value());
    assertThat(job.attempt()).isEqualTo(1);
  }

  @Test
  void steps_of_the_users_own_need_nothing_but_their_files() {
    StagedFile file =
        new StagedFile("a.py", ByteBuffer.wrap("print()".getBytes(StandardCharsets.UTF_8)));
    OwnStep program =
        new OwnStep.Program("a.py", "s3://c/a.py", Optional.empty(), List.of("{output}"));
    Pipeline own = Models.with(new Steps(List.of(program), List.of(file)), Iris.pipeline());

    assertThat(launchOf(own).objects(begun()))
        .containsExactly(new ObjectToPut("curated", file.key(), file.bytes()));
  }

  @Test
  void a_cluster_is_recorded_with_the_call_that_asked_for_it() {
    emr.on("RunJobFlow", CannedEmr.answer(200, "{\"JobFlowId\":\"j-1\"}"));

    launchOf(Iris.pipeline()).ask(begun());

    assertThat(stored().state()).isEqualTo(AttemptState.LAUNCHED);
    assertThat(stored().clusterId()).contains("j-1");
    assertThat(stored().calledAt()).contains(clock.instant());
  }

  @Test
  void an_answer_that_is_lost_leaves_the_call_recorded_and_brings_the_next_listing_forward() {
    emr.on("RunJobFlow", CannedEmr.cut());

    launchOf(Iris.pipeline()).ask(begun());

    assertThat(stored().isUnanswered()).isTrue();
    assertThat(inFlight.takePollRequest()).isTrue();
    assertThat(emr.requests("RunJobFlow")).hasSize(1);
  }

  @Test
  void a_call_that_may_help_later_is_taken_back_and_fails() {
    emr.on("RunJobFlow", CannedEmr.error(400, "AccessDeniedException", "no policy allows it"));

    assertThatThrownBy(() -> launchOf(Iris.pipeline()).ask(begun()))
        .hasMessageStartingWith("EMR does not launch a cluster now: ")
        .hasMessageContaining("no policy allows it");
    assertThat(stored().isUnanswered()).isFalse();
    assertThat(stored().failure()).isEmpty();
  }

  @Test
  void a_call_that_emr_throttles_is_taken_back_and_is_no_failure() {
    emr.on("RunJobFlow", CannedEmr.error(400, "ThrottlingException", "Rate exceeded"));

    launchOf(Iris.pipeline()).ask(begun());

    assertThat(stored().isUnanswered()).isFalse();
    assertThat(stored().failure()).isEmpty();
  }

  @Test
  void a_request_that_no_repetition_fixes_fails_the_attempt() {
    emr.on("RunJobFlow", CannedEmr.error(400, "ValidationException", "Instance type is unknown"));

    launchOf(Iris.pipeline()).ask(begun());

    assertThat(stored().failure().orElseThrow().kind()).isEqualTo(FailureKind.VALIDATION);
    assertThat(stored().isUnanswered()).isFalse();
  }

  private LaunchCluster launchOf(Pipeline pipeline) {
    return new LaunchCluster(
        new Pipelines(Map.of(pipeline.name(), pipeline)),
        jar,
        new IngestScript(),
        emr.gateway(),
        runs,
        Settings.service(),
        emr.settings(),
        inFlight,
        clock);
  }

  /** The run's first attempt is INTENDED. */
  private Launch begun() {
    runs.collect(Iris.run(), List.of());
    OpenRun collected = runs.find(Iris.RUN).orElseThrow();
    runs.save(collected.run(), collected.run().moveTo(RunState.QUEUED, Iris.NOON));
    OpenRun queued = runs.find(Iris.RUN).orElseThrow();
    runs.begin(queued.run(), queued.run().moveTo(RunState.PROCESSING, Iris.NOON), Iris.intended());
    OpenRun open = runs.find(Iris.RUN).orElseThrow();
    return new Launch(open, open.lastAttempt().orElseThrow());
  }

  private Attempt stored() {
    return runs.attempt(Iris.RUN, 1).orElseThrow();
  }
}
