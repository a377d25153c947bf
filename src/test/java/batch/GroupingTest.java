package batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupingTest {

  @Test
  void a_group_is_what_the_capturing_group_has_or_all_that_the_pattern_matches() {
    assertThat(new GroupPattern("day=([0-9-]+)/").groupOf("eu/day=2026-11-22/a.csv"))
        .contains("2026-11-22");
    assertThat(new GroupPattern("day=[0-9-]+").groupOf("eu/day=2026-11-22/a.csv"))
        .contains("day=2026-11-22");
    assertThat(new GroupPattern("^([a-z]+)-").groupOf("späte-x")).isEmpty();
  }

  @Test
  void a_key_without_the_pattern_or_without_its_group_has_no_group() {
    assertThat(new GroupPattern("day=([0-9]+)").groupOf("a.csv")).isEmpty();
    assertThat(new GroupPattern("a(b)?").groupOf("ac")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(?:a|aa)+$", "(?:.*a){25}$", "((?:a|b|ab)*)*c"})
  void a_key_on_which_a_pattern_would_try_for_hours_has_no_group(String catastrophic) {
    String hostile = "a".repeat(1_000) + "!";

    assertThat(new GroupPattern(catastrophic).groupOf(hostile)).isEmpty();
  }

  @Test
  void a_sound_pattern_is_found_at_the_end_of_the_longest_key() {
    String key = "folder/".repeat(140) + "2026-11-22.csv";

    assertThat(new GroupPattern("/([0-9]{4}-[0-9]{2}-[0-9]{2})[.]csv$").groupOf(key))
        .contains("2026-11-22");
  }

  @Test
  void what_is_no_pattern_or_has_several_groups_is_refused_with_the_way_out() {
    assertThatThrownBy(() -> new GroupPattern("([a-z"))
        .hasMessageStartingWith("is '([a-z', which is no regular expression (");
    assertThatThrownBy(() -> new GroupPattern("(a)(b)"))
        .hasMessage("is '(a)(b)' with 2 capturing groups; write one, and (?:…) for the others");
  }

  @Test
  void objects_without_a_group_are_a_group_that_no_pattern_can_give() {
    Grouping grouping = grouping("^(.*?)[.]", null);

    assertThat(grouping.groupOf("-.csv")).isEqualTo("=-");
    assertThat(grouping.groupOf(".csv")).isEqualTo("=");
    assertThat(grouping.groupOf("none")).isEqualTo("-");
  }

  @Test
  void what_two_markers_close_are_two_groups_whatever_the_folders_are_called() {
    Grouping grouping = grouping("([a-z])$", "_SUCCESS");

    assertThat(grouping.groupOf("x", "a/=x"))
        .isNotEqualTo(grouping.groupOf("x", "a/"))
        .isNotEqualTo(grouping.groupOf("y", "a/=x"));
    assertThat(grouping.groupUnmarked("x")).isNotEqualTo(grouping.groupOf("x", "unmarked:"));
  }

  @ParameterizedTest
  @CsvSource({
    "_SUCCESS, a/_SUCCESS, true",
    "_SUCCESS, _SUCCESS, true",
    "_SUCCESS, a/part_SUCCESS, false",
    "_SUCCESS, a/_SUCCESS.csv, false",
    ".done, a/2026.done, true",
    ".done, a/.done, true",
    ".done, a.done/b, false",
    ".done, a/done, false"
  })
  void a_marker_is_recognised_by_its_name_or_its_ending(String name, String key, boolean isMarker) {
    assertThat(new Marker(name).isNameOf(key)).isEqualTo(isMarker);
  }

  @Test
  void a_marker_is_the_name_of_an_object_without_its_folder() {
    assertThatThrownBy(() -> new Marker("a/_SUCCESS"))
        .hasMessageContaining("write the name of an object without its folder");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a", "a//b", "a/../b", "../a", "a/.", "./a", "a/", "..", ""})
  void a_key_that_hadoop_would_change_is_refused(String key) {
    assertThat(ReadableKey.problem(key)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a+b",
        "100%",
        "%2F",
        "%zz",
        "a\"b'c`",
        "a\nb",
        "a\tb",
        "😀/ä",
        "a:b",
        "...",
        "a..b/.c",
        "a\\b",
        "{a}[b]*?#&="
      })
  void any_other_key_can_be_read(String key) {
    assertThat(ReadableKey.problem(key)).isEmpty();
  }

  private static Grouping grouping(String pattern, String marker) {
    return new Grouping(
        Optional.ofNullable(pattern).map(GroupPattern::new),
        Optional.ofNullable(marker).map(Marker::new),
        Optional.empty());
  }
}
