package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import batch.Backfill;
import batch.LandedObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Run;
import run.RunState;

/** What every store does about backfills and the objects that are theirs. */
abstract class BackfillsContract extends StoreContract {

  @Test
  void a_backfill_is_read_as_it_was_begun_and_is_the_only_active_one_of_its_pipeline() {
    Backfill first = backfill("b-1");

    assertThat(store().begin(first)).isEmpty();

    assertThat(store().find("b-1")).contains(first);
    assertThat(store().begin(backfill("b-2"))).contains(first);
    assertThat(store().find("b-2")).isEmpty();
    assertThat(store().active()).containsExactly(first);
    assertThat(store().newest("iris", 9)).containsExactly(first);
  }

  @Test
  void what_a_backfill_finds_is_its_own_and_what_is_known_stays_as_it_is() {
    objects.record("iris", List.of(object("waits")));
    collected(id(1), "loaded");
    begun("b-1");

    list("b-1", true, object("waits"), object("loaded"), object("old"), object("older"));

    Backfill listed = stored("b-1");
    assertThat(listed.state()).isEqualTo(Backfill.State.RUNNING);
    assertThat(listed.inRange()).isEqualTo(4);
    assertThat(listed.taken()).isEqualTo(2);
    assertThat(listed.listedTo()).contains("older");
    assertThat(keys(store().waiting(listed, 9))).containsExactly("old", "older");
    assertThat(keys(objects.waiting("iris", 9))).containsExactly("waits");
    assertThat(keys(groups.withoutGroup("iris", 9))).containsExactly("waits");
  }

  @Test
  void its_objects_wait_group_by_group_the_oldest_first() {
    begun("b-1");
    store()
        .listed(
            stored("b-1"),
            List.of(object("b2"), object("a1"), aged("b1"), object("a2")),
            object -> object.key().substring(0, 1),
            Optional.of("b2"),
            true);

    assertThat(keys(store().waiting(stored("b-1"), 9))).containsExactly("a1", "a2");
    runs.collect(run(id(1)), store().waiting(stored("b-1"), 9));
    assertThat(keys(store().waiting(stored("b-1"), 9))).containsExactly("b1", "b2");
  }

  @Test
  void a_run_that_takes_its_objects_and_the_replay_of_that_run_are_its_own() {
    begun("b-1");
    list("b-1", true, object("a"), object("b"));
    Run run = run(id(1));
    runs.collect(run, List.of(object("a")));
    collected(id(2), "another");

    assertThat(progress().runs()).isEqualTo(Map.of(RunState.COLLECTED, 1));
    assertThat(progress().open()).isEqualTo(1);
    assertThat(store().count(stored("b-1"))).isEqualTo(1);

    runs.save(run, in(id(1), RunState.FAILED));
    assertThat(progress().stopped()).containsExactly(id(1));
    Run failed = stored(id(1));
    runs.replay(failed, failed.replay(RunState.COLLECTED, id(3), NOON));

    assertThat(progress().stopped()).isEmpty();
    assertThat(progress().runs()).isEqualTo(Map.of(RunState.COLLECTED, 1));
  }

  @Test
  void a_listing_that_is_cancelled_meanwhile_records_nothing() {
    begun("b-1");
    Backfill read = stored("b-1");
    assertThat(store().cancel(read)).isTrue();

    assertThatThrownBy(
            () -> store().listed(read, List.of(object("a")), o -> "-", Optional.of("a"), true))
        .isInstanceOf(StaleVersionException.class);

    assertThat(objects.waiting("iris", 9)).isEmpty();
    assertThat(stored("b-1").state()).isEqualTo(Backfill.State.CANCELLED);
    assertThat(store().cancel(read)).as("it has ended").isFalse();
    assertThat(store().begin(backfill("b-2"))).isEmpty();
  }

  @Test
  void what_a_cancelled_backfill_has_left_another_one_takes() {
    begun("b-1");
    list("b-1", true, object("a"), object("b"));
    store().cancel(stored("b-1"));
    assertThat(objects.waiting("iris", 9)).isEmpty();

    begun("b-2");
    list("b-2", true, object("a"), object("b"));

    assertThat(keys(store().waiting(stored("b-2"), 9))).containsExactly("a", "b");
    assertThat(stored("b-2").taken()).isEqualTo(2);
  }

  @Test
  void what_a_cancelled_backfill_has_left_lands_once_it_is_found_by_what_lands_and_is_grouped() {
    groups.begin("iris", "by day");
    begun("b-1");
    list("b-1", true, object("a"), object("b"));
    groups.group("iris", object -> "day");
    objects.record("iris", List.of(object("a")));
    assertThat(objects.waiting("iris", 9)).as("the backfill continues").isEmpty();
    store().cancel(stored("b-1"));

    assertThat(objects.record("iris", List.of(object("a")))).as("it is no new row").isZero();

    assertThat(keys(objects.waiting("iris", 9))).containsExactly("a");
    groups.group("iris", object -> "day");
    assertThat(keys(groups.waiting("iris", "day", 9))).containsExactly("a");
  }

  @Test
  void no_run_takes_objects_of_a_backfill_that_was_cancelled_meanwhile() {
    begun("b-1");
    list("b-1", true, object("a"));
    store().cancel(stored("b-1"));

    assertThatThrownBy(() -> runs.collect(run(id(1)), List.of(object("a"))))
        .isInstanceOf(StaleVersionException.class);

    assertThat(runs.find(id(1))).isEmpty();
  }

  @Test
  void a_run_that_failed_or_was_cancelled_holds_the_rest_until_it_is_passed_over() {
    begun("b-1");
    list("b-1", true, object("a"), object("b"));
    Run run = run(id(1));
    runs.collect(run, List.of(object("a")));
    runs.save(run, in(id(1), RunState.CANCELLED));
    assertThat(progress().isHeld(stored("b-1"))).isTrue();

    assertThat(store().passOver(stored("b-1"), progress().stops())).isTrue();

    assertThat(progress().isHeld(stored("b-1"))).isFalse();
  }

  @Test
  void an_object_that_is_overwritten_while_it_waits_is_left_to_its_later_version() {
    begun("b-1");
    list("b-1", true, object("a"));
    objects.record(
        "iris",
        List.of(new LandedObject("iris", "landing", "a", "later", 2, NOON.plusSeconds(1), NOON)));

    assertThat(store().waiting(stored("b-1"), 9)).isEmpty();
    assertThat(objects.waiting("iris", 9)).hasSize(1);
    store().done(stored("b-1"));
    assertThat(store().active()).isEmpty();
  }

  private void begun(String id) {
    assertThat(store().begin(backfill(id))).isEmpty();
  }

  private void list(String id, boolean isDone, LandedObject... found) {
    store()
        .listed(
            stored(id),
            List.of(found),
            object -> "-",
            Optional.of(found[found.length - 1].key()),
            isDone);
  }

  private Backfills.Progress progress() {
    return store().progress(stored("b-1"));
  }

  private Backfill stored(String id) {
    return store().find(id).orElseThrow();
  }

  private Backfills store() {
    return new Backfills(new Database(source, "runs.db"), landings);
  }

  private static LandedObject aged(String key) {
    LandedObject object = object(key);
    return new LandedObject(
        "iris", object.bucket(), key, object.etag(), 1, NOON.minusSeconds(9), NOON);
  }

  private static Backfill backfill(String id) {
    return Backfill.begun(
        id,
        "iris",
        new Backfill.Range("iris/", Optional.of(NOON), Optional.empty()),
        new Backfill.Size(10, 1_000, 1),
        NOON);
  }
}
