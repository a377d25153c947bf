package polling;

import static org.assertj.core.api.Assertions.assertThat;

import flow.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import pipeline.SweeperSettings;
import pipeline.SweeperSettings.Mode;
import run.Attempt;
import run.ClusterState;
import run.ListedCluster;
import run.OrphanCluster;
import run.OrphanCluster.Fate;
import testing.Iris;

class OrphanSearchTest {

  private static final Duration GRACE = Duration.ofMinutes(5);
  private static final Instant STORE = Iris.NOON.minus(Duration.ofDays(30));
  private static final String NAME = Iris.intended().clusterName();
  private static final Attempt KNOWN = Iris.launched();

  private final OrphanSearch sweep = sweep(Mode.TERMINATE);

  @Test
  void a_cluster_that_no_open_attempt_knows_is_terminated_after_the_grace() {
    ListedCluster orphan = cluster("j-ORPHAN", NAME);

    assertThat(fates(sweep, Iris.NOON, List.of(), orphan)).containsExactly(Fate.WAITS);
    assertThat(fates(sweep, Iris.NOON.plus(GRACE).minusNanos(1), List.of(), orphan))
        .containsExactly(Fate.WAITS);
    assertThat(fates(sweep, Iris.NOON.plus(GRACE), List.of(), orphan))
        .containsExactly(Fate.TERMINATE);
  }

  @Test
  void no_cluster_is_an_orphan_before_it_was_created() {
    ListedCluster made = cluster("j-ORPHAN", NAME);
    ClusterSnapshot begunBefore =
        new ClusterSnapshot(Iris.NOON.minusSeconds(1), Map.of(made.id(), made));

    assertThat(sweep.orphans(begunBefore, List.of(), STORE))
        .extracting(OrphanCluster::firstSeen)
        .containsExactly(made.createdAt());
  }

  @Test
  void the_grace_begins_anew_for_one_that_was_known_meanwhile() {
    ListedCluster cluster = cluster(Iris.CLUSTER, NAME);
    fates(sweep, Iris.NOON, List.of(), cluster);
    assertThat(fates(sweep, Iris.NOON.plusSeconds(9), List.of(KNOWN), cluster)).isEmpty();

    assertThat(fates(sweep, Iris.NOON.plus(GRACE), List.of(), cluster)).containsExactly(Fate.WAITS);
  }

  @Test
  void an_attempts_own_cluster_is_none() {
    assertThat(fates(sweep, Iris.NOON, List.of(KNOWN), cluster(Iris.CLUSTER, NAME))).isEmpty();
  }

  @Test
  void while_an_answer_is_awaited_a_cluster_of_that_name_is_none() {
    Attempt unanswered = Iris.intended().called(Iris.NOON);

    assertThat(fates(sweep, Iris.NOON.plus(GRACE), List.of(unanswered), cluster("j-MAYBE", NAME)))
        .isEmpty();
  }

  @Test
  void a_second_cluster_of_an_attempt_is_terminated_at_once() {
    assertThat(
            fates(
                sweep,
                Iris.NOON,
                List.of(KNOWN),
                cluster(Iris.CLUSTER, NAME),
                cluster("j-SECOND", NAME)))
        .containsExactly(Fate.TERMINATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "another iris r-20261122T120000-00002a attempt-1",
        "test2 iris r-20261122T120000-00002a attempt-1",
        "test",
        "test iris",
        "my test iris r-20261122T120000-00002a attempt-1",
        "test iris r-20261122T120000-00002a attempt-1 copy",
        "TEST iris r-20261122T120000-00002a attempt-1",
        ""
      })
  void a_cluster_of_another_installation_or_of_a_person_is_none_of_ours(String name) {
    assertThat(fates(sweep, Iris.NOON.plus(GRACE), List.of(), cluster("j-OTHER", name))).isEmpty();
  }

  @Test
  void one_older_than_the_run_store_is_only_reported() {
    ListedCluster old =
        new ListedCluster("j-OLD", NAME, STORE.minusSeconds(1), Iris.cluster(ClusterState.RUNNING));
    fates(sweep, Iris.NOON, List.of(), old);

    assertThat(fates(sweep, Iris.NOON.plus(GRACE), List.of(), old)).containsExactly(Fate.REPORT);
  }

  @ParameterizedTest
  @EnumSource(
      value = ClusterState.class,
      names = {"TERMINATING", "TERMINATED", "TERMINATED_WITH_ERRORS"})
  void one_that_ends_already_is_none(ClusterState state) {
    ListedCluster ends = new ListedCluster("j-1", NAME, Iris.NOON, Iris.cluster(state));

    assertThat(fates(sweep, Iris.NOON, List.of(), ends)).isEmpty();
  }

  @Test
  void a_sweeper_that_may_only_report_reports_and_one_that_is_off_does_nothing() {
    OrphanSearch reports = sweep(Mode.REPORT);
    fates(reports, Iris.NOON, List.of(), cluster("j-ORPHAN", NAME));

    assertThat(fates(reports, Iris.NOON.plus(GRACE), List.of(), cluster("j-ORPHAN", NAME)))
        .containsExactly(Fate.REPORT);
    assertThat(fates(sweep(Mode.OFF), Iris.NOON, List.of(), cluster("j-ORPHAN", NAME))).isEmpty();
  }

  private static List<Fate> fates(
      OrphanSearch sweep, Instant at, List<Attempt> open, ListedCluster... clusters) {
    ClusterSnapshot snapshot =
        new ClusterSnapshot(
            at, Stream.of(clusters).collect(Collectors.toMap(ListedCluster::id, seen -> seen)));
    return sweep.orphans(snapshot, open, STORE).stream().map(OrphanCluster::fate).toList();
  }

  private static ListedCluster cluster(String id, String name) {
    return new ListedCluster(id, name, Iris.NOON, Iris.cluster(ClusterState.RUNNING));
  }

  private static OrphanSearch sweep(Mode mode) {
    return new OrphanSearch("test", new SweeperSettings(mode, GRACE, Duration.ofMinutes(5)));
  }
}
