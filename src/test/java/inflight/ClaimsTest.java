package inflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import run.RepeatedFailure;
import testing.Iris;
import testing.Threads;

class ClaimsTest {

  private static final Instant NOW = Iris.NOON;

  private final Claims<String> claims = new Claims<>();

  @Test
  void what_is_claimed_cannot_be_claimed_again_however_late() {
    assertThat(claims.claim("a", NOW)).isTrue();
    assertThat(claims.claim("a", NOW.plus(Duration.ofDays(1)))).isFalse();
    assertThat(claims.claim("b", NOW)).isTrue();
  }

  @Test
  void what_a_person_wants_otherwise_is_due_at_once_also_in_the_pause_after_a_failure() {
    claims.claim("failed", NOW);
    claims.fail("failed", "away", NOW);
    claims.claim("taken", NOW);

    claims.anew("failed");
    claims.anew("taken");

    assertThat(claims.trouble("failed")).isEmpty();
    assertThat(claims.claim("failed", NOW)).isTrue();
    assertThat(claims.claim("taken", NOW)).as("its holder continues").isFalse();
    claims.release("taken", NOW.plusSeconds(60), NOW);
    assertThat(claims.claim("taken", NOW)).isTrue();
  }

  @Test
  void what_is_released_is_due_at_its_time() {
    claims.claim("a", NOW);
    claims.release("a", NOW.plusSeconds(30), NOW);

    assertThat(claims.claim("a", NOW.plusSeconds(30).minusNanos(1))).isFalse();
    assertThat(claims.claim("a", NOW.plusSeconds(30))).isTrue();
  }

  @Test
  void a_clock_that_is_set_back_makes_no_pause_longer() {
    claims.claim("a", NOW);
    claims.release("a", NOW.plusSeconds(30), NOW);

    assertThat(claims.claim("a", NOW.minus(Duration.ofHours(1)))).isTrue();
  }

  @Test
  void what_is_forgotten_is_due_at_once() {
    claims.claim("a", NOW);
    claims.forget("a");

    assertThat(claims.claim("a", NOW)).isTrue();
  }

  @Test
  void pauses_double_with_each_failure_in_a_row_up_to_a_minute() {
    List<Long> pauses = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      claims.claim("a", pauses.isEmpty() ? NOW : claims.trouble("a").orElseThrow().nextTry());
      claims.fail("a", "no answer", NOW);
      Instant nextTry = claims.trouble("a").orElseThrow().nextTry();
      pauses.add(Duration.between(NOW, nextTry).toSeconds());
      assertThat(claims.claim("a", nextTry.minusNanos(1))).isFalse();
    }

    assertThat(pauses).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L);
  }

  @Test
  void the_pause_stays_a_minute_however_often_it_fails() {
    for (int i = 0; i < 100; i++) {
      claims.fail("a", "no answer", NOW);
    }

    assertThat(claims.trouble("a"))
        .contains(new RepeatedFailure("no answer", 100, NOW, NOW.plusSeconds(60)));
  }

  @Test
  void trouble_stays_known_while_it_is_tried_again_and_ends_with_success() {
    claims.fail("a", "no answer", NOW);
    claims.claim("a", NOW.plusSeconds(1));
    assertThat(claims.trouble("a").map(RepeatedFailure::message)).contains("no answer");

    claims.release("a", NOW, NOW);
    assertThat(claims.trouble("a")).isEmpty();

    claims.fail("a", "again", NOW);
    assertThat(claims.trouble("a").map(RepeatedFailure::failures)).contains(1);
  }

  @Test
  void what_fails_again_is_stuck_until_it_succeeds() {
    claims.fail("a", "no answer", NOW);
    assertThat(claims.stuck()).as("once").isEmpty();
    claims.fail("a", "no answer", NOW);
    claims.fail("b", "no answer", NOW);
    assertThat(claims.stuck()).containsExactly("a");

    claims.release("a", NOW, NOW);

    assertThat(claims.stuck()).isEmpty();
  }

  @Test
  void after_progress_the_next_failure_is_the_first_in_a_row() {
    claims.fail("a", "no answer", NOW);
    Instant later = NOW.plusSeconds(60);
    claims.claim("a", later);

    claims.progressed("a");

    assertThat(claims.claim("a", later)).as("it is still claimed").isFalse();
    assertThat(claims.fail("a", "again", later))
        .satisfies(
            trouble -> {
              assertThat(trouble.failures()).isEqualTo(1);
              assertThat(trouble.since()).isEqualTo(later);
            });
  }

  @Test
  void of_many_threads_exactly_one_gets_each_claim() {
    Claims<Unhurried> shared = new Claims<>();
    int keys = 2_000;
    List<Long> won =
        Threads.together(
            4,
            thread ->
                IntStream.range(0, keys)
                    .filter(number -> shared.claim(new Unhurried(number), NOW))
                    .count());

    assertThat(won.stream().mapToLong(Long::longValue).sum()).isEqualTo(keys);
  }

  /** A key that lets other threads go first whenever it is compared. */
  private record Unhurried(int number) {

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // It makes a race likelier; a sound claim needs none.
    public int hashCode() {
      Thread.yield();
      return number;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Unhurried key && key.number == number;
    }
  }

  @Test
  void what_is_hastened_is_due_now_or_when_it_is_given_back_but_not_before_a_failures_pause() {
    Claims<String> claims = new Claims<>();
    claims.release("free", NOW.plusSeconds(60), NOW);
    claims.claim("taken", NOW);
    claims.fail("failed", "away", NOW);

    claims.expedite("free");
    claims.expedite("taken");
    claims.expedite("failed");

    assertThat(claims.claim("free", NOW)).isTrue();
    assertThat(claims.claim("taken", NOW)).isFalse();
    claims.release("taken", NOW.plusSeconds(60), NOW);
    assertThat(claims.claim("taken", NOW)).isTrue();
    claims.release("taken", NOW.plusSeconds(60), NOW);
    assertThat(claims.claim("taken", NOW)).as("hastened once").isFalse();
    assertThat(claims.claim("failed", NOW)).isFalse();
  }
}
