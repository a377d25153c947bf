package polling;

import static org.assertj.core.api.Assertions.assertThat;

import flow.ClusterSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import polling.ClusterListing.Listing;
import polling.ClusterListing.Request;
import run.ClusterState;
import run.ListedCluster;
import testing.Iris;

class ClusterListingTest {

  private static final Instant NOW = Iris.NOON;
  private static final Optional<String> MORE = Optional.of("more");
  private static final Optional<String> LAST = Optional.empty();

  private final ClusterListing looking = new ClusterListing();

  @Test
  void a_listing_is_complete_with_its_last_page() {
    begin(0);

    assertThat(looking.mayBegin()).isFalse();
    assertThat(looking.next()).contains(new Request(Listing.ACTIVE, Optional.empty(), LAST));
    assertThat(looking.add(List.of(cluster("j-1", ClusterState.RUNNING)), MORE)).isEmpty();
    assertThat(looking.next()).contains(new Request(Listing.ACTIVE, Optional.empty(), MORE));
    ClusterSnapshot snapshot = page(cluster("j-2", ClusterState.RUNNING));
    assertThat(snapshot.clusters()).containsOnlyKeys("j-1", "j-2");
    assertThat(snapshot.begun()).isEqualTo(NOW);
    assertThat(looking.next()).isEmpty();
    assertThat(looking.mayBegin()).isTrue();
  }

  @Test
  void what_a_later_listing_does_not_show_is_gone() {
    begin(0);
    page(cluster("j-1", ClusterState.RUNNING), cluster("j-2", ClusterState.STARTING));
    begin(5);

    assertThat(page(cluster("j-2", ClusterState.RUNNING)).clusters()).containsOnlyKeys("j-2");
  }

  @Test
  void since_when_a_cluster_is_in_its_state_is_when_it_was_first_shown_in_it() {
    begin(0);
    page(cluster("j-1", ClusterState.STARTING));
    begin(5);
    page(cluster("j-1", ClusterState.BOOTSTRAPPING));
    begin(10);

    assertThat(page(cluster("j-1", ClusterState.BOOTSTRAPPING)).since())
        .containsEntry("j-1", NOW.plusSeconds(5));
  }

  @Test
  void while_an_answer_is_awaited_a_listing_also_shows_what_was_created_since() {
    looking.begin(NOW, Optional.of(Iris.NOON));

    assertThat(looking.add(List.of(cluster("j-1", ClusterState.RUNNING)), LAST)).isEmpty();
    assertThat(looking.next()).contains(new Request(Listing.CREATED, Optional.of(Iris.NOON), LAST));
    ClusterSnapshot seen =
        page(cluster("j-1", ClusterState.TERMINATING), cluster("j-2", ClusterState.TERMINATED));
    assertThat(seen.clusters()).containsOnlyKeys("j-1", "j-2");
    assertThat(seen.find("j-1").orElseThrow().status().state()).isEqualTo(ClusterState.TERMINATING);
  }

  @Test
  void clusters_on_one_page_are_never_glanced_at() {
    begin(0);
    page(clusters(49, ClusterState.RUNNING, ClusterState.STARTING));
    begin(5);

    assertThat(looking.next().orElseThrow().listing()).isEqualTo(Listing.ACTIVE);
  }

  @Test
  void there_is_no_short_listing_with_as_many_pages_as_the_full_one() {
    begin(0);
    page(clusters(60, ClusterState.STARTING));
    begin(5);

    assertThat(looking.next().orElseThrow().listing()).isEqualTo(Listing.ACTIVE);
  }

  @Test
  void
      of_many_clusters_those_that_start_or_end_are_listed_in_turn_with_pages_of_the_full_listing() {
    begin(0);
    page(clusters(200, ClusterState.RUNNING, ClusterState.STARTING));

    begin(5);
    assertThat(listings(List.of(MORE, LAST, MORE))).containsExactly("MOVING", "MOVING", "ACTIVE");
    assertThat(looking.mayBegin()).isFalse();
    assertThat(listings(List.of(MORE))).containsExactly("ACTIVE");
    assertThat(looking.mayBegin()).isTrue();
    begin(10);
    assertThat(listings(List.of(LAST, MORE))).containsExactly("MOVING", "ACTIVE");
  }

  @Test
  void what_was_on_the_move_and_is_not_shown_by_a_glance_has_vanished_until_it_is_shown_again() {
    begin(0);
    ListedCluster[] before = clusters(100, ClusterState.RUNNING, ClusterState.STARTING);
    page(before);
    begin(5);

    ClusterSnapshot glance = page(before[1]);

    assertThat(glance.begun()).isEqualTo(NOW);
    assertThat(glance.renewed()).isEqualTo(NOW.plusSeconds(5));
    assertThat(glance.find("j-0")).contains(before[0]);
    assertThat(glance.find("j-1")).contains(before[1]);
    assertThat(glance.find("j-3")).isEmpty();
    looking.add(List.of(cluster("j-3", ClusterState.RUNNING)), MORE);
    begin(10);
    assertThat(page(before[1]).find("j-3").orElseThrow().status().state())
        .isEqualTo(ClusterState.RUNNING);
  }

  @Test
  void a_cluster_that_has_vanished_is_still_found_by_its_name() {
    begin(0);
    page(clusters(100, ClusterState.RUNNING, ClusterState.STARTING));
    begin(5);

    ClusterSnapshot glance = page();

    assertThat(glance.find("j-3")).isEmpty();
    assertThat(glance.named("name of j-3")).hasSize(1);
  }

  @Test
  void a_cluster_that_a_short_listing_has_shown_meanwhile_is_not_missing_in_the_full_one() {
    begin(0);
    page(clusters(100, ClusterState.RUNNING, ClusterState.STARTING));
    begin(5);
    page(cluster("j-new", ClusterState.STARTING));

    assertThat(page(cluster("j-0", ClusterState.RUNNING)).clusters())
        .containsOnlyKeys("j-0", "j-new");
  }

  @Test
  void after_a_refusal_everything_begins_anew() {
    begin(0);
    looking.add(List.of(cluster("j-1", ClusterState.RUNNING)), MORE);

    looking.giveUp();

    assertThat(looking.next()).isEmpty();
    begin(5);
    assertThat(looking.next()).contains(new Request(Listing.ACTIVE, Optional.empty(), LAST));
    assertThat(page().clusters()).isEmpty();
  }

  private void begin(int second) {
    looking.begin(NOW.plus(Duration.ofSeconds(second)), Optional.empty());
  }

  /** What is known after the last page of a list. */
  private ClusterSnapshot page(ListedCluster... clusters) {
    return looking.add(List.of(clusters), LAST).orElseThrow();
  }

  /** Which lists these pages are asked of, one after another, that show nothing. */
  private List<String> listings(List<Optional<String>> markers) {
    return markers.stream()
        .map(
            marker -> {
              String listing = looking.next().orElseThrow().listing().name();
              looking.add(List.of(), marker);
              return listing;
            })
        .toList();
  }

  /** So many, the states in turn. */
  private static ListedCluster[] clusters(int number, ClusterState... states) {
    return IntStream.range(0, number)
        .mapToObj(i -> cluster("j-" + i, states[i % states.length]))
        .toArray(ListedCluster[]::new);
  }

  private static ListedCluster cluster(String id, ClusterState state) {
    return new ListedCluster(id, "name of " + id, Iris.NOON, Iris.cluster(state));
  }
}
