package metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import store.Database;
import store.FileStore;
import store.PausedPipelines;
import store.PausedPipelines.Pause;
import testing.Iris;

/** Which pipelines a scrape finds paused, and with how many queries. */
class PausedNamesTest {

  @TempDir Path folder;

  @Test
  void hundreds_of_gauges_need_one_query_until_something_changes() {
    FileStore store = new FileStore(folder);
    Database database = store.database();
    PausedPipelines paused = new PausedPipelines(database);
    PausedNames names = new PausedNames(paused, database);

    assertThat(names.has("iris")).isFalse();
    paused.pause("iris", new Pause(Iris.NOON, "kim", Optional.empty()));
    assertThat(names.has("iris")).isTrue();

    store.failAfter(0);
    assertThat(names.has("iris")).as("without a query").isTrue();
    assertThat(names.has("flowers")).as("without a query").isFalse();
  }
}
