package inflight;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import inflight.ListingProgress.Scan;
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
import testing.Models;

class ListingProgressTest {

  private static final Instant NOON = Iris.NOON;
  private static final Duration POLL = Duration.ofSeconds(30);
  private static final LandingSettings ANY =
      Models.landing("landing", "iris/", Optional.of(POLL), false);
  private static final LandingSettings ASCENDING =
      Models.landing(
          "landing",
          "iris/",
          POLL,
          false,
          AfterSuccess.KEEP,
          Optional.empty(),
          new KeyOrder(true, Duration.ofHours(1), Duration.ofHours(24)),
          OnOverwrite.LOAD_AGAIN,
          Optional.empty());

  private final ListingProgress listingProgress = new ListingProgress();

  @Test
  void a_long_listing_continues_at_once_and_the_next_begins_after_the_pause() {
    Scan first = listingProgress.next("iris", NOON);
    assertThat(first.after()).isEmpty();
    assertThat(advanced(ANY, first, more(old("a"), old("b")), NOON)).isEqualTo(NOON);

    Scan second = listingProgress.next("iris", NOON);
    assertThat(second.after()).contains("b");
    assertThat(advanced(ANY, second, last(old("c")), NOON)).isEqualTo(NOON.plus(POLL));

    assertThat(listingProgress.next("iris", NOON.plus(POLL)).after()).isEmpty();
  }

  @Test
  void a_slice_that_failed_is_listed_again_and_a_restart_begins_again() {
    advanced(ANY, listingProgress.next("iris", NOON), more(old("a")), NOON);

    assertThat(listingProgress.next("iris", NOON).after()).contains("a");
    assertThat(listingProgress.next("iris", NOON).after()).contains("a");
    assertThat(new ListingProgress().next("iris", NOON).after()).isEmpty();
  }

  @Test
  void what_is_listed_without_an_etag_is_counted_over_all_slices() {
    Scan scan = listingProgress.next("iris", NOON);
    for (int i = 0; i < 3; i++) {
      scan =
          scan.past(
              new LandingPage(List.of(), List.of("x" + i, "y" + i), Optional.of("y" + i), i == 2),
              ANY.order());
    }

    assertThat(scan.unidentified()).isEqualTo(6);
    assertThat(scan.examples()).containsExactly("x0", "y0", "x1");
  }

  @Test
  void where_keys_ascend_a_poll_begins_after_the_last_that_is_older_than_the_look_back() {
    scan(ASCENDING, NOON, old("2026-11-20"), old("2026-11-21"), young("2026-11-22"));

    Scan poll = listingProgress.next("iris", NOON.plus(POLL));
    assertThat(poll.isWhole()).isFalse();
    assertThat(poll.after()).contains("2026-11-21");
    advanced(ASCENDING, poll, last(young("2026-11-22")), NOON.plus(POLL));

    Instant later = NOON.plus(Duration.ofHours(2));
    advanced(ASCENDING, listingProgress.next("iris", later), last(young("2026-11-22")), later);
    assertThat(listingProgress.next("iris", later.plus(POLL)).after()).contains("2026-11-22");
  }

  @Test
  void a_poll_that_finds_nothing_keeps_its_place() {
    scan(ASCENDING, NOON, old("a"));
    advanced(ASCENDING, listingProgress.next("iris", NOON.plus(POLL)), empty(), NOON.plus(POLL));

    assertThat(listingProgress.next("iris", NOON.plus(POLL).plus(POLL)).after()).contains("a");
  }

  @Test
  void a_prefix_without_settled_keys_is_polled_from_its_start() {
    scan(ASCENDING, NOON, young("a"));

    assertThat(listingProgress.next("iris", NOON.plus(POLL)).after()).isEmpty();
  }

  @Test
  void the_whole_prefix_is_listed_again_rarely_while_polls_continue() {
    scan(ASCENDING, NOON, old("a"), old("b"));
    Instant day = NOON.plus(Duration.ofHours(24));

    advanced(ASCENDING, listingProgress.next("iris", day), empty(), day);
    Scan whole = listingProgress.next("iris", day);
    assertThat(whole.isWhole()).isTrue();
    assertThat(advanced(ASCENDING, whole, more(old("a")), day)).isEqualTo(day);

    assertThat(listingProgress.next("iris", day.plusSeconds(1)).isWhole()).isTrue();
    Scan poll = listingProgress.next("iris", day.plus(POLL));
    assertThat(poll.isWhole()).isFalse();
    assertThat(poll.after()).contains("b");
    assertThat(advanced(ASCENDING, poll, empty(), day.plus(POLL)))
        .as("the whole listing continues at once")
        .isEqualTo(day.plus(POLL));
    assertThat(listingProgress.next("iris", day.plus(POLL)).after()).contains("a");
  }

  private void scan(LandingSettings settings, Instant now, LandedObject... objects) {
    advanced(settings, listingProgress.next("iris", now), last(objects), now);
  }

  private Instant advanced(LandingSettings settings, Scan scan, LandingPage page, Instant now) {
    return listingProgress.advanced(
        "iris", settings.order(), scan.past(page, settings.order()), POLL, now);
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
