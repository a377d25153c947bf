package flow;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import flow.Walks.Walk;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import landing.AfterSuccess;
import landing.KeyOrder;
import landing.LandingPage;
import landing.LandingSettings;
import landing.LandingSettings.OnOverwrite;
import org.junit.jupiter.api.Test;
import testing.Iris;

class WalksTest {

  private static final Instant NOON = Iris.NOON;
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final LandingSettings ANY =
      new LandingSettings("landing", "iris/", Optional.of(POLL), false);
  private static final LandingSettings ASCENDING =
      new LandingSettings(
          "landing",
          "iris/",
          POLL,
          false,
          AfterSuccess.KEEP,
          Optional.empty(),
          new KeyOrder(true, Duration.ofHours(1), Duration.ofHours(24)),
          OnOverwrite.LOAD_AGAIN,
          Optional.empty());

  private final Walks walks = new Walks();

  @Test
  void a_long_listing_goes_on_at_once_from_where_it_was_and_the_next_begins_after_the_pause() {
    Walk first = walks.next("iris", NOON);
    assertThat(first.after()).isEmpty();
    assertThat(went(ANY, first, more(old("a"), old("b")), NOON)).isEqualTo(NOON);

    Walk second = walks.next("iris", NOON);
    assertThat(second.after()).contains("b");
    assertThat(went(ANY, second, last(old("c")), NOON)).isEqualTo(NOON.plus(POLL));

    assertThat(walks.next("iris", NOON.plus(POLL)).after()).isEmpty();
  }

  @Test
  void a_slice_that_failed_is_listed_again_and_a_restart_begins_again() {
    went(ANY, walks.next("iris", NOON), more(old("a")), NOON);

    assertThat(walks.next("iris", NOON).after()).contains("a");
    assertThat(walks.next("iris", NOON).after()).contains("a");
    assertThat(new Walks().next("iris", NOON).after()).isEmpty();
  }

  @Test
  void what_is_listed_without_an_etag_is_counted_over_all_slices() {
    Walk walk = walks.next("iris", NOON);
    for (int i = 0; i < 3; i++) {
      walk =
          walk.past(
              new LandingPage(List.of(), List.of("x" + i, "y" + i), Optional.of("y" + i), i == 2),
              ANY.order());
    }

    assertThat(walk.unidentified()).isEqualTo(6);
    assertThat(walk.examples()).containsExactly("x0", "y0", "x1");
  }

  @Test
  void where_keys_ascend_a_poll_begins_after_the_last_that_is_older_than_the_look_back() {
    walk(ASCENDING, NOON, old("2026-11-20"), old("2026-11-21"), young("2026-11-22"));

    Walk poll = walks.next("iris", NOON.plus(POLL));
    assertThat(poll.isWhole()).isFalse();
    assertThat(poll.after()).contains("2026-11-21");
    went(ASCENDING, poll, last(young("2026-11-22")), NOON.plus(POLL));

    Instant later = NOON.plus(Duration.ofHours(2));
    went(ASCENDING, walks.next("iris", later), last(young("2026-11-22")), later);
    assertThat(walks.next("iris", later.plus(POLL)).after()).contains("2026-11-22");
  }

  @Test
  void a_poll_that_finds_nothing_keeps_its_place() {
    walk(ASCENDING, NOON, old("a"));
    went(ASCENDING, walks.next("iris", NOON.plus(POLL)), empty(), NOON.plus(POLL));

    assertThat(walks.next("iris", NOON.plus(POLL).plus(POLL)).after()).contains("a");
  }

  @Test
  void a_prefix_without_settled_keys_is_polled_from_its_start() {
    walk(ASCENDING, NOON, young("a"));

    assertThat(walks.next("iris", NOON.plus(POLL)).after()).isEmpty();
  }

  @Test
  void the_whole_prefix_is_listed_again_seldom_while_polls_go_on() {
    walk(ASCENDING, NOON, old("a"), old("b"));
    Instant day = NOON.plus(Duration.ofHours(24));

    went(ASCENDING, walks.next("iris", day), empty(), day);
    Walk whole = walks.next("iris", day);
    assertThat(whole.isWhole()).isTrue();
    assertThat(went(ASCENDING, whole, more(old("a")), day)).isEqualTo(day);

    assertThat(walks.next("iris", day.plusSeconds(1)).isWhole()).isTrue();
    Walk poll = walks.next("iris", day.plus(POLL));
    assertThat(poll.isWhole()).isFalse();
    assertThat(poll.after()).contains("b");
    assertThat(went(ASCENDING, poll, empty(), day.plus(POLL)))
        .as("the whole listing goes on at once")
        .isEqualTo(day.plus(POLL));
    assertThat(walks.next("iris", day.plus(POLL)).after()).contains("a");
  }

  private void walk(LandingSettings settings, Instant now, LandedObject... objects) {
    went(settings, walks.next("iris", now), last(objects), now);
  }

  private Instant went(LandingSettings settings, Walk walk, LandingPage page, Instant now) {
    return walks.went("iris", settings.order(), walk.past(page, settings.order()), POLL, now);
  }

  private static LandedObject old(String key) {
    return Iris.object(key, 1, NOON.minus(Duration.ofHours(1)));
  }

  private static LandedObject young(String key) {
    return Iris.object(key, 1, NOON.minus(Duration.ofMinutes(59)));
  }

  private static LandingPage more(LandedObject... objects) {
    return page(false, objects);
  }

  private static LandingPage last(LandedObject... objects) {
    return page(true, objects);
  }

  private static LandingPage empty() {
    return new LandingPage(List.of(), List.of(), Optional.empty(), true);
  }

  private static LandingPage page(boolean isLast, LandedObject... objects) {
    return new LandingPage(
        List.of(objects),
        List.of(),
        Stream.of(objects).map(LandedObject::key).reduce((first, second) -> second),
        isLast);
  }
}
