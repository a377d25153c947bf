package store;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import run.RunId;
import run.RunState;
import store.ClearedObjects.Uncleared;
import testing.Iris;

class SqliteClearedObjectsTest {

  @TempDir Path folder;
  private FileStore store;

  @BeforeEach
  void open() {
    store = new FileStore(folder);
  }

  @Test
  void only_objects_of_runs_that_ended_well_are_to_be_cleared_each_once() {
    run(1, RunState.SUCCEEDED, "a", "b");
    run(2, RunState.FAILED, "failed");
    run(3, RunState.NO_DATA, "empty");
    run(4, RunState.CANCELLED, "cancelled");
    run(5, RunState.LOADING, "loading");
    store.objects().record("iris", objects("waiting"));

    List<Uncleared> due = store.cleared().of("iris", Optional.empty(), 10);
    assertThat(keys(due)).containsExactly("a", "b", "empty");
    store.cleared().cleared(due.subList(0, 1), Iris.NOON);
    assertThat(keys(store.cleared().of("iris", Optional.empty(), 10)))
        .containsExactly("b", "empty");
    store.cleared().cleared(due.subList(1, 3), Iris.NOON);

    assertThat(store.cleared().of("iris", Optional.empty(), 10)).isEmpty();
    assertThat(store.cleared().of("roses", Optional.empty(), 10)).isEmpty();
  }

  @Test
  void a_skipped_object_is_followed_by_the_next_through_all_runs() {
    run(1, RunState.SUCCEEDED, "a", "b", "c");
    run(2, RunState.SUCCEEDED, "d");

    List<Uncleared> first = store.cleared().of("iris", Optional.empty(), 2);
    List<Uncleared> second = store.cleared().of("iris", Optional.of(first.get(1)), 2);

    assertThat(keys(first)).containsExactly("a", "b");
    assertThat(keys(second)).containsExactly("c", "d");
    assertThat(store.cleared().of("iris", Optional.of(second.get(1)), 2)).isEmpty();
  }

  private void run(int number, RunState state, String... keys) {
    store.run(RunId.create(Iris.NOON, number), "iris", state, objects(keys));
  }

  private static List<LandedObject> objects(String... keys) {
    return List.of(keys).stream().map(key -> Iris.object(key, 1, Iris.NOON)).toList();
  }

  private static List<String> keys(List<Uncleared> objects) {
    return objects.stream().map(uncleared -> uncleared.object().key()).toList();
  }
}
