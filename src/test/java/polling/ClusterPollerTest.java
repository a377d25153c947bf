package polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import cluster.emr.CannedGateway;
import inflight.Dependencies;
import inflight.Dependencies.Dependency;
import inflight.Dependencies.Probe;
import inflight.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipelines;
import pipeline.SweeperSettings;
import run.Attempt;
import run.ClusterState;
import run.ClusterStatus;
import run.OpenRun;
import run.RepeatedFailure;
import run.RunId;
import store.FileStore;
import store.RunStore;
import testing.CannedEmr;
import testing.Iris;
import testing.MovableClock;
import testing.Settings;

class ClusterPollerTest {

  private static final SweeperSettings NO_SWEEPER =
      new SweeperSettings(SweeperSettings.Mode.OFF, Duration.ZERO, Duration.ofMinutes(5));

  /** Half of EMR's quota for ListClusters: ten calls at once, and one more every four seconds. */
  private static final int PAGES_AT_ONCE = 10;

  private static final Duration ONE_MORE_PAGE = Duration.ofSeconds(4);

  private static final CannedEmr.Answer NO_CLUSTERS = CannedEmr.answer(200, "{\"Clusters\":[]}");
  private static final CannedEmr.Answer MORE_CLUSTERS =
      CannedEmr.answer(200, "{\"Clusters\":[],\"Marker\":\"more\"}");
  private static final CannedEmr.Answer BOTH_GONE =
      CannedEmr.answer(
          200,
          "{\"Clusters\":[%s,%s]}"
              .formatted(cluster("j-1", "TERMINATED"), cluster("j-2", "TERMINATED")));
  private static final CannedEmr.Answer STEP_ENDED =
      CannedEmr.answer(
          200,
          "{\"Steps\":[{\"Id\":\"s-1\",\"Name\":\"transform\",\"Status\":{\"State\":\"COMPLETED\"}}]}");

  @TempDir Path folder;

  private final MovableClock clock = new MovableClock(Iris.NOON.plusSeconds(30));
  private final InFlight inFlight = new InFlight();
  private final Dependencies dependencies = new Dependencies(clock);
  private CannedGateway emr;
  private FileStore store;
  private RunStore runs;
  private ClusterPoller poller;

  @BeforeEach
  void connect() {
    emr = new CannedGateway(clock);
    store = new FileStore(folder);
    runs = store.runs();
    poller =
        new ClusterPoller(
            emr.gateway(),
            emr.quotas(),
            runs,
            new Pipelines(Map.of("iris", Iris.pipeline())),
            Settings.service(),
            NO_SWEEPER,
            inFlight,
            dependencies,
            clock);
  }

  @AfterEach
  void disconnect() {
    emr.close();
  }

  @Test
  void nothing_is_asked_while_no_run_has_a_cluster() {
    assertThat(poller.readPages()).isEqualTo(PagesRead.NONE);
    assertThat(emr.requests("ListClusters")).isEmpty();
  }

  @Test
  void what_a_page_shows_of_a_cluster_is_written_to_its_attempt() {
    OpenRun run = runWith("j-1");
    emr.on(
        "ListClusters",
        CannedEmr.answer(200, "{\"Clusters\":[%s]}".formatted(cluster("j-1", "BOOTSTRAPPING"))));

    assertThat(poller.readPages()).isEqualTo(PagesRead.LAST);

    assertThat(state(run)).isEqualTo(ClusterState.BOOTSTRAPPING);
    assertThat(poller.toDescribe()).isEmpty();
  }

  @Test
  void the_list_is_read_once_a_poll() {
    runWith("j-1");
    emr.on("ListClusters", NO_CLUSTERS);
    assertThat(poller.readPages()).isEqualTo(PagesRead.LAST);

    assertThat(poller.readPages()).isEqualTo(PagesRead.NONE);
    clock.move(Settings.CLUSTER_POLL);
    assertThat(poller.readPages()).isEqualTo(PagesRead.LAST);
    assertThat(emr.requests("ListClusters")).hasSize(2);
  }

  @Test
  void a_listing_that_is_longer_than_the_quota_continues_where_it_stopped() {
    runWith("j-1");
    emr.on("ListClusters", MORE_CLUSTERS);
    assertThat(poller.readPages()).isEqualTo(PagesRead.SOME);
    assertThat(emr.requests("ListClusters")).hasSize(PAGES_AT_ONCE);

    assertThat(poller.readPages()).isEqualTo(PagesRead.NONE);
    emr.on("ListClusters", NO_CLUSTERS);
    clock.move(ONE_MORE_PAGE);
    assertThat(poller.readPages()).isEqualTo(PagesRead.LAST);
    assertThat(emr.requests("ListClusters").get(PAGES_AT_ONCE)).contains("\"Marker\":\"more\"");
  }

  @Test
  void a_failed_listing_shows_at_every_run_that_waits_for_a_cluster() {
    OpenRun run = runWith("j-1");
    emr.on("ListClusters", CannedEmr.error(400, "AccessDeniedException", "no policy allows it"));

    assertThatThrownBy(poller::readPages).hasMessageContaining("no policy allows it");

    assertThat(inFlight.trouble(run).orElseThrow().message())
        .startsWith("Cannot list EMR's clusters: ")
        .contains("no policy allows it");
    assertThat(dependencies.last(Dependency.EMR, Duration.ofMinutes(1)).flatMap(Probe::trouble))
        .isPresent();
  }

  @Test
  void many_ends_are_proven_with_one_call_and_recorded_with_their_steps() {
    List<OpenRun> open = List.of(runWith("j-1"), runWith("j-2"));
    emr.on("ListClusters", NO_CLUSTERS, BOTH_GONE).on("ListSteps", STEP_ENDED);
    poller.readPages();

    assertThat(poller.toDescribe()).isEmpty();

    assertThat(open).extracting(this::state).containsOnly(ClusterState.TERMINATED);
    assertThat(open)
        .allSatisfy(
            run -> assertThat(stored(run).cluster().orElseThrow().stepsCompleted()).isTrue());
    assertThat(emr.requests("DescribeCluster")).isEmpty();
  }

  @Test
  void a_query_that_fails_is_kept_for_its_run_and_keeps_no_other_from_being_made() {
    List<OpenRun> open = IntStream.of(1, 2).mapToObj(i -> runWith("j-" + i)).toList();
    emr.on("ListClusters", NO_CLUSTERS)
        .on(
            "DescribeCluster",
            CannedEmr.error(400, "ValidationException", "not today"),
            CannedEmr.answer(200, "{\"Cluster\":%s}".formatted(cluster("j-2", "RUNNING"))));
    poller.readPages();
    List<Attempt> missing = poller.toDescribe();
    assertThat(missing).extracting(Attempt::run).containsExactlyElementsOf(ids(open));

    assertThat(missing.stream().map(poller::describe)).containsExactly(false, true);

    assertThat(trouble(open.get(0)))
        .startsWith("Cannot describe cluster j-1: ")
        .contains("not today");
    assertThat(inFlight.trouble(open.get(1))).isEmpty();
    assertThat(state(open.get(1))).isEqualTo(ClusterState.RUNNING);
  }

  @Test
  void a_throttled_query_is_no_failure() {
    OpenRun run = runWith("j-1");
    emr.on("ListClusters", NO_CLUSTERS)
        .on("DescribeCluster", CannedEmr.error(400, "ThrottlingException", "Rate exceeded"));
    poller.readPages();

    assertThat(poller.toDescribe().stream().map(poller::describe)).containsExactly(false);

    assertThat(inFlight.trouble(run)).isEmpty();
  }

  @Test
  void of_many_that_may_end_the_one_whose_result_is_there_is_asked_for() {
    List<OpenRun> open = IntStream.rangeClosed(1, 10).mapToObj(i -> runWith("j-" + i)).toList();
    emr.on("ListClusters", CannedEmr.answer(200, "{\"Clusters\":[%s]}".formatted(running(10))))
        .on("ListSteps", STEP_ENDED);
    poller.readPages();
    assertThat(poller.toExpect().stream().map(poller::expect)).containsExactly(false);
    Attempt written = stored(open.get(6));

    inFlight.expectedResults().written(written.intent(), clock.instant());

    assertThat(poller.toExpect()).containsExactly(written);
    assertThat(poller.expect(written)).isTrue();
    assertThat(stored(open.get(6)).cluster().orElseThrow().stepsCompleted()).isTrue();
    assertThat(emr.requests("ListSteps")).hasSize(1);
  }

  private static String running(int clusters) {
    return IntStream.rangeClosed(1, clusters)
        .mapToObj(i -> cluster("j-" + i, "RUNNING"))
        .collect(Collectors.joining(","));
  }

  private OpenRun runWith(String cluster) {
    return store.runWith(
        RunId.create(Iris.NOON, Integer.parseInt(cluster.substring("j-".length()))),
        "iris",
        cluster);
  }

  private static String cluster(String id, String state) {
    return "{\"Id\":\"%s\",\"Name\":\"ours\",\"Status\":{\"State\":\"%s\",\"Timeline\":{\"CreationDateTime\":%3$d,\"ReadyDateTime\":%3$d}}}"
        .formatted(id, state, Iris.NOON.getEpochSecond());
  }

  private static List<RunId> ids(List<OpenRun> open) {
    return open.stream().map(run -> run.run().id()).toList();
  }

  private String trouble(OpenRun run) {
    return inFlight.trouble(run).map(RepeatedFailure::message).orElseThrow();
  }

  private ClusterState state(OpenRun run) {
    return stored(run).cluster().map(ClusterStatus::state).orElseThrow();
  }

  private Attempt stored(OpenRun run) {
    return runs.attempt(run.run().id(), 1).orElseThrow();
  }
}
