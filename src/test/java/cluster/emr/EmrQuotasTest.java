package cluster.emr;

import static org.assertj.core.api.Assertions.assertThat;

import aws.RealClients;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import testing.Iris;
import testing.MovableClock;

class EmrQuotasTest {

  private final MovableClock clock = new MovableClock(Iris.NOON);
  private final EmrQuotas quotas = quotas(0.5);

  @ParameterizedTest
  @EnumSource(EmrApi.class)
  void in_an_hour_at_most_half_of_what_emr_allows_is_called(EmrApi api) {
    int calls = 0;
    for (int second = 0; second < 3_600; second++) {
      while (quotas.take(api)) {
        calls++;
      }
      clock.move(Duration.ofSeconds(1));
    }

    int allowed = api.burst() + (int) (3_600 / api.refill().toSeconds());
    assertThat(calls).isBetween(allowed / 2 - 1, allowed / 2);
  }

  @Test
  void a_bucket_never_holds_more_than_half_of_the_burst() {
    clock.move(Duration.ofDays(3));

    assertThat(taken(EmrApi.LIST_CLUSTERS)).isEqualTo(10);
    assertThat(taken(EmrApi.LIST_STEPS)).isEqualTo(5);
  }

  @Test
  void each_api_has_its_own_bucket() {
    taken(EmrApi.LIST_STEPS);

    assertThat(quotas.has(EmrApi.LIST_STEPS)).isFalse();
    assertThat(quotas.take(EmrApi.DESCRIBE_CLUSTER)).isTrue();
  }

  @Test
  void what_is_only_nice_to_know_leaves_half_of_the_bucket() {
    int spare = 0;
    while (quotas.takeSpare(EmrApi.LIST_STEPS)) {
      spare++;
    }

    assertThat(spare).isEqualTo(2);
    assertThat(taken(EmrApi.LIST_STEPS)).isEqualTo(3);
  }

  @Test
  void what_is_asked_sooner_than_usual_leaves_the_tokens_that_others_need() {
    int sooner = 0;
    while (quotas.takeBeside(EmrApi.LIST_CLUSTERS, 3)) {
      sooner++;
    }

    assertThat(sooner).isEqualTo(7);
    assertThat(quotas.hasBeside(EmrApi.LIST_CLUSTERS, 3)).isFalse();
    assertThat(taken(EmrApi.LIST_CLUSTERS)).isEqualTo(3);
  }

  @Test
  void one_throttled_call_slows_every_api_down_for_a_while() {
    taken(EmrApi.DESCRIBE_CLUSTER);
    quotas.throttled(EmrApi.LIST_STEPS);

    assertThat(quotas.has(EmrApi.LIST_STEPS)).isFalse();
    clock.move(Duration.ofSeconds(3));
    assertThat(quotas.has(EmrApi.DESCRIBE_CLUSTER)).isFalse();
    clock.move(Duration.ofSeconds(1));
    assertThat(taken(EmrApi.DESCRIBE_CLUSTER)).isEqualTo(1);
    clock.move(Duration.ofSeconds(20));
    taken(EmrApi.DESCRIBE_CLUSTER);
    clock.move(Duration.ofSeconds(2));
    assertThat(taken(EmrApi.DESCRIBE_CLUSTER)).isEqualTo(1);
  }

  @Test
  void the_api_that_is_refused_again_and_again_slows_the_others_to_half_and_no_further() {
    taken(EmrApi.DESCRIBE_CLUSTER);
    for (int i = 0; i < 50; i++) {
      quotas.throttled(EmrApi.LIST_STEPS);
    }

    clock.move(Duration.ofSeconds(4));

    assertThat(taken(EmrApi.DESCRIBE_CLUSTER)).isEqualTo(1);
    assertThat(quotas.has(EmrApi.LIST_STEPS)).isFalse();
  }

  @Test
  void being_throttled_for_ever_still_leaves_some_calls() {
    for (int i = 0; i < 50; i++) {
      quotas.throttled(EmrApi.LIST_CLUSTERS);
    }

    clock.move(Duration.ofSeconds(19));
    assertThat(quotas.has(EmrApi.LIST_CLUSTERS)).isFalse();
    clock.move(Duration.ofMinutes(10));
    assertThat(quotas.has(EmrApi.LIST_CLUSTERS)).isTrue();
  }

  @Test
  void a_clock_that_is_set_back_neither_gives_nor_takes_tokens() {
    taken(EmrApi.LIST_STEPS);
    clock.move(Duration.ofHours(-5));
    assertThat(quotas.has(EmrApi.LIST_STEPS)).isFalse();

    clock.move(Duration.ofSeconds(4));

    assertThat(taken(EmrApi.LIST_STEPS)).isEqualTo(1);
  }

  @Test
  void a_raised_quota_allows_more_and_a_tiny_share_still_one_call() {
    assertThat(taken(quotas(2), EmrApi.LIST_STEPS)).isEqualTo(20);
    assertThat(taken(quotas(0.05), EmrApi.LIST_STEPS)).isEqualTo(1);
  }

  private int taken(EmrApi api) {
    return taken(quotas, api);
  }

  private static int taken(EmrQuotas quotas, EmrApi api) {
    int taken = 0;
    while (quotas.take(api)) {
      taken++;
    }
    return taken;
  }

  private EmrQuotas quotas(double share) {
    return new EmrQuotas(
        RealClients.settings(URI.create("http://localhost"), share, Duration.ofMinutes(1)), clock);
  }
}
