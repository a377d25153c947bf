package batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import testing.Iris;

class BatchesTest {

  private static final Instant NOW = Iris.NOON;
  private static final long FIVE_TB = 5L << 40;
  private static final Duration LONG = Duration.ofHours(1);

  private final List<LandedObject> waiting = new ArrayList<>();

  @Test
  void nothing_waiting_makes_no_batch() {
    assertThat(closed(2, 100, Duration.ZERO)).isEmpty();
  }

  @Test
  void fewer_small_young_objects_than_a_batch_holds_wait_on() {
    waiting("a", 10);
    waiting("b", 10);

    assertThat(closed(3, 100, LONG)).isEmpty();
  }

  @Test
  void count_closes_a_batch_and_the_rest_waits_on() {
    waiting("a", 1);
    waiting("b", 1);
    waiting("c", 1);

    assertThat(closed(2, 100, LONG)).containsExactly(List.of("a", "b"));
  }

  @Test
  void bytes_close_a_batch_exactly_at_the_limit() {
    waiting("a", 60);
    waiting("b", 40);

    assertThat(closed(10, 100, LONG)).containsExactly(List.of("a", "b"));
  }

  @Test
  void one_byte_below_the_limit_waits_on() {
    waiting("a", 60);
    waiting("b", 39);

    assertThat(closed(10, 100, LONG)).isEmpty();
  }

  @Test
  void an_object_that_would_overflow_closes_the_batch_before_it() {
    waiting("a", 60);
    waiting("b", 41);

    assertThat(closed(10, 100, LONG)).containsExactly(List.of("a"));
  }

  @Test
  void an_object_larger_than_a_batch_makes_one_of_its_own_at_once() {
    waiting("small", 1);
    waiting("oversize", 101);
    waiting("next", 1);

    assertThat(closed(10, 100, LONG)).containsExactly(List.of("small"), List.of("oversize"));
  }

  @Test
  void objects_of_5_tb_are_batches_of_their_own_and_no_sum_overflows() {
    waiting("a", FIVE_TB);
    waiting("b", FIVE_TB);
    waiting("small", 1);

    assertThat(closed(10, 64L << 30, LONG)).containsExactly(List.of("a"), List.of("b"));
    assertThat(closed(10, Long.MAX_VALUE, Duration.ZERO))
        .containsExactly(List.of("a", "b", "small"));
  }

  @Test
  void sizes_that_no_store_has_close_batches_and_do_not_overflow() {
    waiting("a", Long.MAX_VALUE);
    waiting("b", Long.MAX_VALUE);
    waiting("c", 1);

    assertThat(closed(10, Long.MAX_VALUE, LONG)).containsExactly(List.of("a"), List.of("b"));
  }

  @Test
  void age_closes_a_batch_exactly_when_the_oldest_has_waited_long_enough() {
    waiting("old", 1, NOW.minus(LONG));
    waiting("young", 1, NOW);

    assertThat(closed(10, 100, LONG)).containsExactly(List.of("old", "young"));
    assertThat(closed(10, 100, LONG.plusNanos(1))).isEmpty();
  }

  @Test
  void age_counts_from_when_it_was_seen_and_not_from_when_it_was_written() {
    waiting.add(
        new LandedObject("iris", "landing", "old", "e", 1, NOW.minus(LONG.multipliedBy(9)), NOW));

    assertThat(closed(10, 100, LONG)).isEmpty();
  }

  @Test
  void what_landed_together_and_is_still_being_found_is_waited_for() {
    Instant landed = NOW.minusSeconds(30);
    waiting("first", landed, NOW.minusSeconds(4));
    waiting("just-found", landed.plusSeconds(1), NOW.minusMillis(900));

    assertThat(closed(10, 100, Duration.ofSeconds(4))).isEmpty();
    assertThat(closed(2, 100, Duration.ofSeconds(4))).as("but for no more than fit").hasSize(1);
    assertThat(closed(10, 100, Duration.ZERO)).as("nor where nothing waits").hasSize(1);
  }

  @Test
  void when_no_more_is_found_for_a_second_or_what_is_found_landed_later_nothing_is_waited_for() {
    Instant landed = NOW.minusSeconds(30);
    waiting("first", landed, NOW.minusSeconds(5));
    waiting("found", landed.plusSeconds(1), NOW.minusSeconds(1));
    waiting("landed-later", landed.plusSeconds(3), NOW);

    assertThat(closed(10, 100, Duration.ofSeconds(4))).hasSize(1);
  }

  @Test
  void a_wait_of_zero_closes_at_once() {
    waiting("a", 1);

    assertThat(closed(10, 100, Duration.ZERO)).containsExactly(List.of("a"));
  }

  @Test
  void an_empty_object_counts_as_one() {
    waiting("a", 0);
    waiting("b", 0);

    assertThat(closed(2, 100, LONG)).containsExactly(List.of("a", "b"));
  }

  @Test
  void batches_and_their_objects_keep_the_order_of_waiting() {
    waiting("c", 1);
    waiting("a", 1);
    waiting("b", 1);
    waiting("d", 1);

    assertThat(closed(2, 100, LONG)).containsExactly(List.of("c", "a"), List.of("b", "d"));
  }

  @Test
  void every_object_is_in_at_most_one_batch_and_none_is_skipped() {
    for (int i = 0; i < 500; i++) {
      waiting("object-" + i, (i * 37) % 120);
    }

    List<List<String>> batches = closed(7, 100, Duration.ZERO);

    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyElementsOf(waiting.stream().map(LandedObject::key).toList());
    assertThat(batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 7));
  }

  @Test
  void that_nothing_may_be_closed_is_decided_without_reading_each_object() {
    waiting("a", 60, NOW.minus(LONG));
    waiting("b", 39, NOW);

    assertThat(Batches.mayBeClosed(inAll(), new BatchLimits(3, 100, LONG.plusNanos(1)), NOW))
        .isFalse();
    assertThat(Batches.mayBeClosed(inAll(), new BatchLimits(3, 100, LONG), NOW)).isTrue();
    assertThat(Batches.mayBeClosed(inAll(), new BatchLimits(2, 100, LONG.plusNanos(1)), NOW))
        .isTrue();
    assertThat(Batches.mayBeClosed(inAll(), new BatchLimits(3, 99, LONG.plusNanos(1)), NOW))
        .isTrue();
    waiting.clear();
    assertThat(Batches.mayBeClosed(inAll(), new BatchLimits(1, 1, Duration.ZERO), NOW)).isFalse();
  }

  @Test
  void limits_that_nothing_can_meet_are_refused() {
    assertThatThrownBy(() -> new BatchLimits(0, 1, LONG))
        .hasMessage("Cannot limit batches to 0 objects, 1 bytes, PT1H");
    assertThatThrownBy(() -> new BatchLimits(1, 0, LONG))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BatchLimits(1, 1, LONG.negated()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void waiting(String key, long size) {
    waiting(key, size, NOW);
  }

  private void waiting(String key, long size, Instant seen) {
    waiting.add(Iris.object(key, size, seen));
  }

  private void waiting(String key, Instant landed, Instant seen) {
    waiting.add(new LandedObject("iris", "landing", key, "e", 1, landed, seen));
  }

  private List<List<String>> closed(int objects, long bytes, Duration wait) {
    BatchLimits limits = new BatchLimits(objects, bytes, wait);
    List<List<LandedObject>> closed = Batches.closed(waiting, limits, NOW);
    if (!closed.isEmpty()) {
      assertThat(Batches.mayBeClosed(inAll(), limits, NOW)).isTrue();
    }
    return closed.stream().map(batch -> batch.stream().map(LandedObject::key).toList()).toList();
  }

  private Waiting inAll() {
    return new Waiting(
        waiting.size(),
        waiting.stream().mapToDouble(LandedObject::size).sum(),
        waiting.stream().map(LandedObject::seenAt).min(Comparator.naturalOrder()));
  }
}
