package flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.Attempt;
import testing.Iris;

class AdoptionTest {

  private static final Duration WINDOW = Duration.ofMinutes(3);
  private static final Instant CALLED = Iris.NOON;
  private static final Attempt ATTEMPT = Iris.intended().called(CALLED);

  @Test
  void the_older_of_two_clusters_is_the_attempts_and_the_younger_is_surplus() {
    Adoption adoption = Adoption.of(ATTEMPT, List.of("j-OLD", "j-YOUNG"), WINDOW, CALLED);

    assertThat(adoption.cluster()).contains("j-OLD");
    assertThat(adoption.surplus()).containsExactly("j-YOUNG");
    assertThat(adoption.nothingCreated()).isFalse();
  }

  @Test
  void nothing_was_created_only_when_emr_was_asked_after_the_window() {
    assertThat(Adoption.of(ATTEMPT, List.of(), WINDOW, CALLED.plus(WINDOW)).nothingCreated())
        .isFalse();
    assertThat(
            Adoption.of(ATTEMPT, List.of(), WINDOW, CALLED.plus(WINDOW).plusNanos(1))
                .nothingCreated())
        .isTrue();
  }
}
