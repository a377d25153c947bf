package store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import batch.LandedObject;
import batch.ObjectsSetAside;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import run.Failure;
import run.FailureKind;
import run.Outcome;
import run.Run;
import run.RunState;
import store.SetAsideObjects.Earlier;
import store.SetAsideObjects.LoadedBefore;

/** Objects that no run will take, and what became of earlier versions. */
abstract class SetAsideContract extends StoreContract {

  private static final LandedObject LATER =
      new LandedObject("iris", "landing", "a", "later", 2, NOON.plusSeconds(1), NOON);

  @Test
  void what_is_set_aside_waits_no_more_and_is_reported_once_with_its_reason() {
    groups.begin("iris", "all alike");
    objects.record("iris", List.of(object("a"), object("b")));
    groups.group("iris", object -> "same");

    aside.setAside("iris", List.of(object("a")), "because");

    assertThat(keys(objects.waiting("iris", 10))).containsExactly("b");
    assertThat(keys(groups.waiting("iris", "same", 10))).containsExactly("b");
    assertThat(aside.newest("iris", 10))
        .extracting(set -> set.object().key(), SetAsideObjects.SetAside::reason)
        .containsExactly(tuple("a", "because"));
    assertThat(aside.newest("roses", 10)).isEmpty();
    assertThat(setAside.fired()).containsExactly(new ObjectsSetAside("iris", 1));
    assertThat(objects.record("iris", List.of(object("a")))).as("it does not land again").isZero();
  }

  @Test
  void what_a_run_has_is_not_set_aside() {
    collected(id(1), "a");

    aside.setAside("iris", List.of(object("a")), "because");

    assertThat(aside.newest("iris", 10)).isEmpty();
    assertThat(setAside.fired()).isEmpty();
  }

  @Test
  void an_object_without_an_earlier_version_overwrites_nothing() {
    objects.record("iris", List.of(object("a"), LATER));

    assertThat(aside.earlier(object("b"))).isEqualTo(Earlier.NOT_LOADED);
    assertThat(aside.earlier(LATER)).as("no run took the first").isEqualTo(Earlier.NOT_LOADED);
  }

  @Test
  void the_outcome_of_the_earlier_versions_run_shows_whether_it_was_loaded() {
    Run collected = collected(id(1), "a");
    objects.record("iris", List.of(LATER));
    assertThat(aside.earlier(LATER)).isEqualTo(Earlier.IN_A_RUN);

    runs.save(collected, in(id(1), RunState.SUCCEEDED));

    assertThat(aside.earlier(LATER)).isEqualTo(Earlier.LOADED);
  }

  @Test
  void a_run_shows_which_of_its_objects_load_again_and_which_run_loaded_the_earlier_version() {
    Run first = collected(id(1), "a");
    objects.record("iris", List.of(LATER, object("c")));
    runs.collect(run(id(2)), List.of(LATER, object("c")));
    assertThat(aside.loadedBefore(id(2))).as("nothing is loaded yet").isEmpty();

    runs.save(first, in(id(1), RunState.SUCCEEDED));

    assertThat(aside.loadedBefore(id(2))).containsExactly(new LoadedBefore(LATER, id(1)));
    assertThat(aside.loadedBefore(id(1))).as("what came later is no earlier version").isEmpty();
  }

  @Test
  void a_run_that_failed_before_it_registered_a_file_has_loaded_nothing_and_a_later_one_may_have() {
    assertThat(afterFailureIn(RunState.PROCESSING, 1)).isEqualTo(Earlier.NOT_LOADED);
    assertThat(afterFailureIn(RunState.LOADING, 2)).isEqualTo(Earlier.NOT_LOADED);

    failed(id(3), RunState.LOADING);
    runs.save(stored(id(3)), stored(id(3)).registering());
    assertThat(earlier(3)).isEqualTo(Earlier.LOADED);
  }

  @Test
  void a_version_with_the_content_of_the_one_before_is_known_by_size_and_checksum() {
    LandedObject first = object("a").withChecksum(Optional.of("CRC64NVME:x"));
    objects.record("iris", List.of(first));
    Run run = run(id(1));
    runs.collect(run, List.of(first));
    runs.save(run, in(id(1), RunState.SUCCEEDED));

    assertThat(aside.sameBefore(later(first.size(), Optional.of("CRC64NVME:x"))))
        .isEqualTo(Earlier.LOADED);
    assertThat(aside.sameBefore(later(first.size(), Optional.of("CRC64NVME:y"))))
        .isEqualTo(Earlier.NOT_LOADED);
    assertThat(aside.sameBefore(later(first.size() + 1, Optional.of("CRC64NVME:x"))))
        .isEqualTo(Earlier.NOT_LOADED);
    assertThat(aside.sameBefore(later(first.size(), Optional.empty())))
        .isEqualTo(Earlier.NOT_LOADED);
  }

  @Test
  void content_that_comes_back_after_another_was_loaded_is_not_that_of_the_version_before() {
    LandedObject first = object("a").withChecksum(Optional.of("CRC64NVME:x"));
    LandedObject second = later(first.size(), Optional.of("CRC64NVME:y"));
    objects.record("iris", List.of(first, second));
    Run run = run(id(1));
    runs.collect(run, List.of(first));
    runs.save(run, in(id(1), RunState.SUCCEEDED));
    runs.collect(run(id(2)), List.of(second));

    LandedObject back =
        new LandedObject(
            "iris",
            "landing",
            first.key(),
            "third",
            first.size(),
            NOON.plusSeconds(2),
            NOON,
            first.checksum());
    assertThat(aside.sameBefore(back)).isEqualTo(Earlier.NOT_LOADED);
  }

  private static LandedObject later(long size, Optional<String> checksum) {
    return new LandedObject(
        "iris", "landing", object("a").key(), "later", size, NOON.plusSeconds(1), NOON, checksum);
  }

  @Test
  void a_run_whose_end_is_known_when_it_takes_its_objects_has_it_at_once() {
    objects.record("iris", List.of(object("a")));
    Outcome end = Outcome.failed(new Failure(FailureKind.DATA, "overwritten", "replay"));

    runs.collect(run(id(1)).decide(end), List.of(object("a")));

    assertThat(stored(id(1)).state()).isEqualTo(RunState.COLLECTED);
    assertThat(stored(id(1)).outcome()).contains(end);
    assertThat(keys(objects.of(id(1)))).containsExactly("a");
  }

  private Earlier afterFailureIn(RunState reached, int number) {
    failed(id(number), reached);
    return earlier(number);
  }

  private Earlier earlier(int number) {
    LandedObject first = objects.of(id(number)).get(0);
    return aside.earlier(
        new LandedObject("iris", "landing", first.key(), "later", 2, NOON.plusSeconds(1), NOON));
  }
}
