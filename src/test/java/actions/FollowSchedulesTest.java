package actions;

import static org.assertj.core.api.Assertions.assertThat;

import configuration.Reading;
import inflight.InFlight;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import pipeline.Pipeline;
import pipeline.Pipelines;
import store.FileStore;
import store.PausedPipelines.Pause;
import testing.Configuration;
import testing.Iris;
import testing.MovableClock;

/** What becomes of the times of a schedule that pass while its pipeline is paused. */
class FollowSchedulesTest {

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock(Iris.NOON);
  private FileStore store;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
  }

  @Test
  void one_start_makes_up_for_the_times_of_a_pause_once_the_pipeline_is_resumed() {
    FollowSchedules schedules = hourly("once");
    pauseForThreeHours(schedules);
    assertThat(store.runs().open()).isEmpty();

    store.paused().resume("iris");
    schedules.follow();
    schedules.follow();

    assertThat(store.runs().open()).hasSize(1);
  }

  @Test
  void the_times_of_a_pause_are_dropped_where_missed_ones_are() {
    FollowSchedules schedules = hourly("none");
    pauseForThreeHours(schedules);

    store.paused().resume("iris");
    schedules.follow();
    assertThat(store.runs().open()).isEmpty();

    clock.move(Duration.ofMinutes(30));
    schedules.follow();
    assertThat(store.runs().open()).as("the next time is as any other").hasSize(1);
  }

  /** From noon until half past three. */
  private void pauseForThreeHours(FollowSchedules schedules) {
    schedules.follow();
    store.paused().pause("iris", new Pause(clock.instant(), "kim", Optional.empty()));
    for (int halfHours = 0; halfHours < 7; halfHours++) {
      clock.move(Duration.ofMinutes(30));
      schedules.follow();
    }
  }

  private FollowSchedules hourly(String missed) {
    Pipeline pipeline =
        Reading.pipeline(
            Configuration.ofPipeline("iris")
                .with("pipelines.iris.ingest.url", "https://example.com/iris.csv")
                .with("pipelines.iris.schedule.cron", "0 * * * *")
                .with("pipelines.iris.schedule.catch-up", missed));
    return new FollowSchedules(
        new Pipelines(Map.of("iris", pipeline)),
        store.schedules(),
        store.starts(),
        null,
        store.paused(),
        new InFlight(),
        clock);
  }
}
