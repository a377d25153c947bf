package store;

import static org.assertj.core.api.Assertions.assertThat;

import batch.LandedObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import run.Run;
import store.BatchMarkers.NewMarker;
import testing.Iris;

/** Which group each waiting object is in, and what markers close. */
abstract class BatchGroupsContract extends StoreContract {

  @Test
  void each_group_has_its_objects_oldest_first_and_a_taken_one_is_in_none() {
    groups.begin("iris", "by letter");
    objects.record(
        "iris",
        List.of(
            Iris.object("a2", 1, NOON.plusSeconds(1)),
            object("b1"),
            object("a1"),
            object("b2"),
            object("c1")));
    objects.record("roses", List.of(object("z1")));
    runs.collect(run(id(1)), List.of(object("c1")));

    group();

    assertThat(groups.names("iris", "", 10)).containsExactly("a", "b");
    assertThat(groups.names("iris", "a", 10)).containsExactly("b");
    assertThat(groups.names("iris", "", 1)).containsExactly("a");
    assertThat(keys(groups.waiting("iris", "a", 10))).containsExactly("a1", "a2");
    assertThat(keys(groups.waiting("iris", "b", 1))).containsExactly("b1");
  }

  @Test
  void what_lands_later_is_grouped_too_and_what_is_grouped_stays() {
    groups.begin("iris", "by letter");
    objects.record("iris", List.of(object("a1")));
    group();
    objects.record("iris", List.of(object("b1")));

    group();
    groups.begin("iris", "by letter");

    assertThat(groups.names("iris", "", 10)).containsExactly("a", "b");
  }

  @Test
  void all_of_many_objects_are_grouped_some_at_a_time() {
    groups.begin("iris", "by letter");
    List<LandedObject> many = new ArrayList<>();
    for (int i = 0; i < 2_500; i++) {
      many.add(object((i % 2 == 0 ? "a" : "b") + i));
    }
    objects.record("iris", many);

    assertThat(groups.group("iris", BatchGroupsContract::letter)).isTrue();
    assertThat(groups.group("iris", BatchGroupsContract::letter)).isTrue();
    assertThat(groups.group("iris", BatchGroupsContract::letter)).isFalse();

    assertThat(groups.waiting("iris", "a", 9_999)).hasSize(1_250);
    assertThat(groups.waiting("iris", "b", 9_999)).hasSize(1_250);
  }

  @Test
  void another_way_of_grouping_groups_anew_what_still_waits() {
    groups.begin("iris", "by letter");
    objects.record("iris", List.of(object("a1"), object("b1")));
    group();

    groups.begin("iris", "all alike");
    assertThat(groups.names("iris", "", 10)).isEmpty();
    groups.group("iris", object -> "same");

    assertThat(groups.names("iris", "", 10)).containsExactly("same");
    assertThat(keys(groups.waiting("iris", "same", 10))).containsExactly("a1", "b1");
  }

  @Test
  void an_object_that_was_overwritten_while_it_waited_leaves_no_group_behind() {
    groups.begin("iris", "by letter");
    objects.record("iris", List.of(object("a1")));
    group();
    LandedObject later =
        new LandedObject("iris", "landing", "a1", "later", 2, NOON.plusSeconds(1), NOON);
    objects.record("iris", List.of(later));
    groups.group("iris", object -> "other");

    assertThat(groups.waiting("iris", "a", 10)).isEmpty();
    assertThat(groups.waiting("iris", "other", 10)).containsExactly(later);
    groups.forget("iris", "a");
    assertThat(groups.names("iris", "", 10)).containsExactly("other");
  }

  @Test
  void a_marker_closes_what_was_written_before_it_in_its_folder_and_below() {
    objects.record(
        "iris",
        List.of(
            object("in/a"),
            object("in/sub/b"),
            Iris.object("in/late", 1, NOON.plusSeconds(1)),
            object("other/c"),
            object("in"),
            object("in😀/d")));
    objects.record("roses", List.of(object("in/rose")));
    assertThat(markers.record("iris", List.of(marker("in/_SUCCESS", NOON)))).isEqualTo(1);

    NewMarker marker = marker();
    assertThat(keys(markers.closedBy(marker, marker.folder(), "", 10)))
        .containsExactly("in/a", "in/sub/b");
    assertThat(keys(markers.closedBy(marker, "in/a", "etag-of-in/a", 10)))
        .containsExactly("in/sub/b");

    groups.group(markers.closedBy(marker, marker.folder(), "", 10), object -> "closed");
    assertThat(markers.closedBy(marker, marker.folder(), "", 10)).isEmpty();
    assertThat(keys(groups.waiting("iris", "closed", 10))).containsExactly("in/a", "in/sub/b");
    assertThat(keys(groups.withoutGroup("iris", 10)))
        .containsExactly("other/c", "in", "in😀/d", "in/late");
  }

  @Test
  void a_marker_closes_once_and_again_when_it_was_written_again() {
    markers.record("iris", List.of(marker("in/_SUCCESS", NOON)));
    markers.closed(marker());

    assertThat(markers.record("iris", List.of(marker("in/_SUCCESS", NOON)))).isZero();
    assertThat(markers.seenBefore("iris", NOON.plusSeconds(99))).isEmpty();

    assertThat(markers.record("iris", List.of(marker("in/_SUCCESS", NOON.plusSeconds(5)))))
        .isEqualTo(1);
    assertThat(marker().lastModified()).isEqualTo(NOON.plusSeconds(5));
  }

  @Test
  void a_marker_waits_until_a_listing_that_began_after_it_was_seen() {
    markers.record("iris", List.of(marker("in/_SUCCESS", NOON)));

    assertThat(markers.seenBefore("iris", NOON)).isEmpty();
    assertThat(markers.seenBefore("iris", NOON.plusNanos(1))).hasSize(1);
  }

  @Test
  void the_marker_of_a_folder_in_another_comes_first() {
    markers.record(
        "iris", List.of(marker("in/_SUCCESS", NOON), marker("in/sub/deep/_SUCCESS", NOON)));

    assertThat(markers.seenBefore("iris", NOON.plusSeconds(1)))
        .extracting(NewMarker::key)
        .containsExactly("in/sub/deep/_SUCCESS", "in/_SUCCESS");
  }

  @Test
  void another_way_of_grouping_has_every_marker_close_its_folder_again() {
    groups.begin("iris", "one");
    markers.record("iris", List.of(marker("in/_SUCCESS", NOON)));
    markers.closed(marker());

    groups.begin("iris", "another");

    assertThat(markers.seenBefore("iris", NOON.plusSeconds(1))).hasSize(1);
  }

  @Test
  void a_group_that_a_run_has_taken_is_none_any_more() {
    groups.begin("iris", "by letter");
    objects.record("iris", List.of(object("a1")));
    group();
    Run run = run(id(1));

    runs.collect(run, groups.waiting("iris", "a", 10));

    assertThat(groups.names("iris", "", 10)).isEmpty();
  }

  private NewMarker marker() {
    return markers.seenBefore("iris", NOON.plusSeconds(99)).get(0);
  }

  private static LandedObject marker(String key, Instant written) {
    return new LandedObject("iris", "landing", key, "empty", 0, written, NOON);
  }

  private void group() {
    assertThat(groups.group("iris", BatchGroupsContract::letter)).isFalse();
  }

  private static String letter(LandedObject object) {
    return object.key().substring(0, 1);
  }
}
